"""A frozen version cannot change by any way that goes through the models: save, delete, update, bulk writes, many-to-many.

`Version.document` is what was asked, and what every reader uses; this guard keeps the rows behind it equal to it.
"""

from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, pre_delete, pre_save

from ..errors import Frozen
from .enums import VersionState

REFUSAL = "This version is in use and cannot change any more. Make a correction: it becomes a new version."

PATHS = {
    "version": "state",
    "section": "version__state",
    "question": "section__version__state",
    "option": "question__section__version__state",
    "gridrow": "question__section__version__state",
    "wording": "version__state",
}
"""Where the state of its version stands, seen from each model of the survey room that is part of a version."""


class GuardedQuerySet(models.QuerySet[Any]):
    """Refuses bulk writes to rows of a frozen version; single writes and deletes are asked by the signals below."""

    def update(self, **changes: Any) -> int:
        self._refuse(self.values("pk"))
        return super().update(**changes)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        rows = list(objs)
        self._refuse([row.pk for row in rows])
        return super().bulk_update(rows, fields, batch_size)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            refuse_if_frozen(row)
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse(self, keys: Any) -> None:
        path = PATHS[self.model._meta.model_name or ""]
        if self.model._base_manager.filter(pk__in=keys, **{path: VersionState.FROZEN}).exists():
            raise Frozen(REFUSAL)


def refuse_if_frozen(row: models.Model) -> None:
    """Raise Frozen when this row belongs, or is about to belong, to a version that the database calls frozen."""
    model = type(row)
    path = PATHS[model._meta.model_name or ""]
    belongs = row.pk and model._base_manager.filter(pk=row.pk, **{path: VersionState.FROZEN}).exists()
    if not belongs and "__" in path:
        parent_field, rest = path.split("__", 1)
        parent = model._meta.get_field(parent_field).related_model
        belongs = parent._base_manager.filter(  # type: ignore[union-attr]
            pk=getattr(row, f"{parent_field}_id"), **{rest: VersionState.FROZEN}
        ).exists()
    if belongs:
        raise Frozen(REFUSAL)


def _on_write(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        refuse_if_frozen(instance)


def _on_link(sender: Any, instance: models.Model, action: str, **kwargs: Any) -> None:
    if action.startswith("pre_"):
        refuse_if_frozen(instance)


def connect() -> None:
    """Ask before every write."""
    from .models import GridRow, Option, Question, Section, Version, Wording

    for model in (Version, Section, Question, Option, GridRow, Wording):
        pre_save.connect(_on_write, sender=model, dispatch_uid=f"frozen_save_{model.__name__}")
        pre_delete.connect(_on_write, sender=model, dispatch_uid=f"frozen_delete_{model.__name__}")
    m2m_changed.connect(_on_link, sender=Question.subgroups.through, dispatch_uid="frozen_subgroups")
