"""What a search was narrowed by, in words, each with the address that takes it away."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..register.enums import SettingType, Weekday
from .options import Options
from .query import COSTS, SEASONS, TIMES, WHO, WITHIN, Search, address


@dataclass(frozen=True)
class Chip:
    """One filter that is on."""

    text: str
    remove: str
    """The query of the same search without it."""


def chips_of(search: Search, query: QueryDict, options: Options) -> list[Chip]:
    """All filters that are on, in the order of the form."""
    return [Chip(text, address(query, drop=drop)) for text, drop in _parts(search, options)]


def _parts(search: Search, options: Options) -> Iterator[tuple[str, dict[str, str | None]]]:
    if search.words:
        yield _("“%(words)s”") % {"words": search.words}, {"q": None}
    if search.near is not None:
        yield _place(search), {"near": None, "within": None, "sort": None}
    if search.age is not None:
        yield _("Age %(age)d") % {"age": search.age}, {"age": None}
    for day in search.days:
        yield str(Weekday(day).label), {"day": str(day)}
    for name, choices, value in (
        ("time", TIMES, search.time),
        ("cost", COSTS, search.cost),
        ("season", SEASONS, search.season),
        ("who", WHO, search.who),
        ("ward", options.wards, search.ward),
        ("award", options.awards, search.award),
    ):
        if value:
            yield _label(choices, value), {name: None}
    for kind in search.types:
        yield str(SettingType(kind).label), {"type": kind}
    for name, choices, values in (
        ("lang", options.languages, search.languages),
        ("send", options.send, search.send),
        ("access", options.access, search.access),
    ):
        for value in values:
            yield _label(choices, value), {name: value}
    if search.stay:
        yield _("Parents can stay"), {"stay": None}


def _place(search: Search) -> str:
    assert search.near is not None
    if search.within is None:
        return _("In %(district)s") % {"district": search.near.label}
    how_far = _label(WITHIN, str(search.within))
    if search.near.is_district:
        return _("Within %(distance)s of the middle of %(district)s") % {
            "distance": how_far,
            "district": search.near.label,
        }
    return _("Within %(distance)s of %(postcode)s") % {"distance": how_far, "postcode": search.near.label}


def _label(choices: Any, value: str) -> str:
    return str(dict(choices).get(value, value))
