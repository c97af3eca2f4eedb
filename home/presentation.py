"""How pages are laid out: pure functions between what a page holds and what a template draws. No query is made here."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext

Item = TypeVar("Item")


@dataclass(frozen=True)
class Group:
    """Things under one heading: a letter, a month, a kind of reader."""

    key: str
    title: str
    items: list[Any]


@dataclass(frozen=True)
class WorriedParts:
    """A worried page: what is said beside 999, the helplines at the top, the cards of the routes, the rest."""

    warning: Any | None = None
    helpline_keys: list[str] = field(default_factory=list)
    routes: Any | None = None
    rest: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class HomeParts:
    """The home page: its worried callout, its doors, and the rest in the editors' order."""

    worried: Any | None = None
    doors: Any | None = None
    rest: list[Any] = field(default_factory=list)


def split_home(blocks: Iterable[Any]) -> HomeParts:
    """The first callout becomes the large "worried" panel and the first cards become the doors, wherever they stand."""
    worried = doors = None
    rest = []
    for block in blocks:
        if worried is None and block.block_type == "callout":
            worried = block.value
        elif doors is None and block.block_type == "cards":
            doors = block.value
        else:
            rest.append(block)
    return HomeParts(worried=worried, doors=doors, rest=rest)


def split_worried(blocks: Iterable[Any]) -> WorriedParts:
    """A warning and the contact cards that open the page become its panel of numbers; the first cards are the routes.

    Anything else, and anything after the first other block, stays where the editor put it.
    """
    warning = routes = None
    keys: list[str] = []
    rest: list[Any] = []
    for block in blocks:
        opening = not rest and routes is None
        if opening and warning is None and block.block_type == "callout" and block.value["tone"] == "warning":
            warning = block.value
        elif opening and block.block_type == "contact" and block.value.get("helpline"):
            keys.append(block.value["helpline"].key)
        elif routes is None and block.block_type == "cards":
            routes = block.value
        else:
            rest.append(block)
    return WorriedParts(warning=warning, helpline_keys=keys, routes=routes, rest=rest)


def first_helplines(helplines: Sequence[Any], limit: int) -> list[Any]:
    """The few numbers for a box: emergency, then those of the bar, then local ones, each group in its order."""
    with_phone = [line for line in helplines if line.phone]
    return sorted(with_phone, key=lambda line: (not line.is_emergency, not line.in_bar, not line.is_local))[:limit]


def helplines_by_reader(helplines: Iterable[Any], titles: dict[str, str]) -> list[Group]:
    """The helplines under whom they are for, in the order of `titles`; readers without any are left out."""
    lines = list(helplines)
    groups = [Group(key, title, [line for line in lines if line.audience == key]) for key, title in titles.items()]
    return [group for group in groups if group.items]


def first_letter(text: str) -> str:
    """The capital letter under which a word is looked up: "Écoute" under E, "999" under 0-9."""
    for character in unicodedata.normalize("NFKD", text):
        if character.isdigit():
            return "0-9"
        if character.isalpha():
            return character.upper()
    return "#"


def by_letter(items: Iterable[Item], name: Callable[[Item], str]) -> list[Group]:
    """Items in the order of the alphabet, under their first letters."""
    ordered = sorted(items, key=lambda item: (first_letter(name(item)), name(item).casefold()))
    return [
        Group(letter, letter, list(group))
        for letter, group in groupby(ordered, key=lambda item: first_letter(name(item)))
    ]


def by_month(items: Iterable[Item], when: Callable[[Item], date]) -> list[tuple[date, list[Item]]]:
    """Items in the order given, under the first day of their month. Neighbours of one month stay together."""
    return [(month, list(group)) for month, group in groupby(items, key=lambda item: when(item).replace(day=1))]


def has_block(blocks: Iterable[Any], block_type: str) -> bool:
    """Whether a stream holds a block of this type."""
    return any(block.block_type == block_type for block in blocks)


def linked_pages(blocks: Iterable[Any]) -> set[int]:
    """The ids of the pages that an editor has put on cards or under "read next"."""
    ids: set[int] = set()
    for block in blocks:
        if block.block_type == "cards":
            ids.update(card["page"].pk for card in block.value["items"] if card["page"])
        elif block.block_type == "related":
            ids.update(page.pk for page in block.value["pages"] if page)
    return ids


def card_titles(blocks: Iterable[Any]) -> set[str]:
    """What an editor's cards are called, without regard to case."""
    return {
        card["title"].casefold() for block in blocks if block.block_type == "cards" for card in block.value["items"]
    }


_NUMBER = re.compile(r"(?<![\w/=.\-])\+?\d[\d\u00a0 ]{3,}\d(?![\w/])")
_TAG = re.compile(r"(<[^>]*>)")


def with_steady_numbers(html: str) -> str:
    """Numbers of several groups, kept from being turned round in right-to-left text: "0800 1111", never "1111 0800".

    `html` is safe HTML; only what stands between tags is touched.
    """
    parts = _TAG.split(html)
    for place in range(0, len(parts), 2):
        if any(character.isdigit() for character in parts[place]):
            parts[place] = _NUMBER.sub(r'<bdi dir="ltr">\g<0></bdi>', parts[place])
    return "".join(parts)


_PHONE = re.compile(r"(?:\+44|0)[\d ]{8,14}|999|111|101|116 ?\d{3}")


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number of this country and nothing else."""
    return _PHONE.fullmatch(text) is not None


def printable(blocks: Iterable[Any]) -> list[Any]:
    """A body without what only works on a screen, and without the numbers: the leaflet prints those at its foot."""
    return [block for block in blocks if block.block_type not in {"related", "help_box", "video", "cards", "download"}]


def route_helplines(helplines: Sequence[Any], reader: str) -> list[Any]:
    """Three numbers for one kind of reader: emergency, then the line made for them, then the local one.

    `reader` is one of `WorriedRoutePage.Reader`. A child's own line comes before an office.
    """
    with_phone = [line for line in helplines if line.phone]
    emergency = [line for line in with_phone if line.is_emergency]
    local = [line for line in with_phone if _is_local(line)]
    if reader == "child":
        own = [line for line in with_phone if line.audience == "child"]
        return [*emergency[:1], *own[:1], *local[:1]]
    return [*emergency[:1], *local[:2]] if local else first_helplines(helplines, 3)


def _is_local(line: Any) -> bool:
    return bool(line.is_local) and line.audience in {"all", "adult"} and not line.is_emergency


@dataclass(frozen=True)
class When:
    """The time of an event in words."""

    day: str
    hours: str
    is_over: bool


def when_of(starts_at: datetime | None, ends_at: datetime | None) -> When:
    """In the site's own time zone; an event of several days names both ends."""
    if starts_at is None:
        return When("", "", False)
    start = timezone.localtime(starts_at)
    end = timezone.localtime(ends_at) if ends_at else None
    is_over = (ends_at or starts_at) < timezone.now()
    day = date_format(start, "l j F Y")
    if end is None:
        return When(day, hour(start), is_over)
    if end.date() == start.date():
        return When(day, f"{hour(start)} – {hour(end)}", is_over)
    return When(f"{day} – {date_format(end, 'l j F Y')}", hour(start), is_over)


def hour(moment: datetime) -> str:
    """A time of day as people here write it: 6pm, 3:30pm, midday. Other languages in their own way."""
    if (get_language() or "en") != "en":
        return time_format(moment.time())
    if moment.hour == 12 and moment.minute == 0:
        return gettext("midday")
    return time_format(moment.time(), "ga" if moment.minute == 0 else "g:ia").replace(".", "").lower()


def written(value: object) -> str:
    """A figure as people write it: 8,583 and 26 and 4.5, not 8583 and 26.0 and 4.50."""
    number = Decimal(str(value)).normalize()
    return f"{int(number):,}" if number == number.to_integral_value() else f"{number:,f}"
