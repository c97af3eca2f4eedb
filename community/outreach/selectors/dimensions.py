"""What settings are grouped by: ward, kind, language, size."""

import json
from typing import Any

from django.db.models import Case, CharField, F, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ...register.enums import SettingType, Size
from ...register.lists import labels_of
from ...register.models import ListEntry

DIMENSIONS = {"ward": _("Ward"), "type": _("Kind"), "language": _("Language"), "size": _("Size")}

_PEOPLE = Coalesce(F("staff_paid"), 0) + Coalesce(F("staff_volunteers"), 0)
_STORED: dict[str, Any] = {
    "ward": F("ward_id"),
    "type": Cast("types", TextField()),
    "language": Cast("languages", TextField()),
    # As `Setting.size` says it.
    "size": Case(
        When(Q(staff_paid=None, staff_volunteers=None), then=Value("")),
        When(Q(people__lte=1), then=Value(Size.LONE.value)),
        When(Q(people__lte=4), then=Value(Size.SMALL.value)),
        default=Value(Size.LARGE.value),
        output_field=CharField(),
    ),
}


def stored(dimension: str) -> dict[str, Any]:
    """What to annotate settings with, so that `stored` holds what they have of it, and `stored_name` what that is called,
    where the database knows it at no cost. Raises KeyError."""
    called = F("ward__name") if dimension == "ward" else Value("", CharField())
    people = {"people": _PEOPLE} if dimension == "size" else {}
    return {**people, "stored": _STORED[dimension], "stored_name": called}


def keys_in(value: object) -> list[str]:
    """The groups that a stored value stands for: those of a list, or the one; "" where nothing was told."""
    if isinstance(value, str) and value.startswith("["):
        return [str(key) for key in json.loads(value)] or [""]
    return ["" if value is None else str(value)]


def labels(dimension: str, known: dict[str, str]) -> dict[str, str]:
    """What each group is called, and under "" those of whom nothing was told. `known`: names that `stored_name` gave. At
    most one query."""
    match dimension:
        case "ward":
            return {"": _now("No ward yet"), **known}
        case "type":
            return {"": _now("No kind yet"), **{value: str(label) for value, label in SettingType.choices}}
        case "language":
            return {"": _now("None told"), **labels_of(ListEntry.Kind.LANGUAGE)}
        case _:
            return {"": _now("Not told"), **{value: str(label) for value, label in Size.choices}}
