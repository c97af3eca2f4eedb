"""For whom a page is, and what it is about."""

from functools import cache
from typing import Any, cast

from .prepared import Prepared


def audiences_of(page: Any) -> list[Any]:
    """The audiences of a page in their order; none for a type that is not sorted. One query a page, however often asked."""
    return _of(page, "audiences")


def topics_of(page: Any) -> list[Any]:
    """The topics of a page, as `audiences_of`."""
    return _of(page, "topics")


def _of(page: Any, name: str) -> list[Any]:
    if not hasattr(page, name):
        return []
    kept = f"_{name}_shown"
    if not hasattr(page, kept):
        # A page that routing found is as the database has it; a preview holds what an editor has just chosen.
        is_served, model = hasattr(page, "trail"), cast(Any, type(page))
        found = _query(model, name).objects(page=page.pk) if is_served else getattr(page, name).all()
        setattr(page, kept, list(found))
    return list(getattr(page, kept))


@cache
def _query(model: Any, name: str) -> Prepared:
    field = model._meta.get_field(name)
    return Prepared(lambda page: field.related_model._default_manager.filter(**{field.related_query_name(): page}))
