"""Turns changes, clashes and paths into what the templates show."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from ..document import Change, apart_from_followers, build_document
from ..forms.base import RecordForm
from ..models import Setting
from ..wording import label_of, value_words, where_to_change


def address_of(setting: Setting, path: str) -> str:
    """The page where an owner answers a question about this field."""
    where = where_to_change(path)
    if where.part:
        return reverse(f"community:{where.kind}_edit", args=[setting.pk, where.part, where.page])
    if where.kind:
        return reverse(f"community:{where.kind}", args=[setting.pk])
    return reverse("community:edit", args=[setting.pk, where.page])


def change_rows(setting: Setting, changes: list[Change]) -> list[dict[str, str]]:
    """Changed fields, each with what parents see now and what was written."""
    if not changes:
        return []
    document = build_document(setting)
    return [
        {
            "label": label_of(change.path, document),
            "old": value_words(change.path, change.old),
            "new": value_words(change.path, change.new),
        }
        for change in apart_from_followers(changes)
    ]


def clash_rows(form: RecordForm, theirs: dict[str, Any]) -> list[dict[str, Any]]:
    """Fields that two people changed: what the other saved, what this person typed."""
    return [
        {
            "name": name,
            "label": form.fields[name].label,
            "theirs": _in_words(form, name, value),
            "mine": _in_words(form, name, form.cleaned_data[name]),
        }
        for name, value in theirs.items()
    ]


def _in_words(form: RecordForm, name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("(nothing)")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, models.Model):
        return str(value)
    choices = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", []) or []}
    if isinstance(value, list):
        return ", ".join(choices.get(str(each), str(each)) for each in value)
    if hasattr(value, "hour"):
        return time_format(value, "H:i")
    if hasattr(value, "isoformat"):
        return date_format(value, "j F Y")
    return choices.get(str(value), str(value))
