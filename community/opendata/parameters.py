"""What may be asked of the open data, and plain words for what may not."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from ..directory.words import words_of
from ..places.table import REACH_KM
from ..register.models import Postcode
from ..register.places import tidy_postcode
from .schedules import day_number

PER_PAGE, MOST_PER_PAGE, LAST_PAGE = 50, 100, 1_000_000
PROXIMITY, FARTHEST = 3_000, 50_000
OLDEST = 25
LONGEST_SEARCH = 200


class BadParameters(ValueError):
    """Something that was asked for makes no sense. `faults`: parameter -> what is wrong, in words."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {words}" for name, words in faults.items()))
        self.faults = faults


@dataclass(frozen=True)
class Question:
    """What was asked for, as values."""

    page: int = 1
    per_page: int = PER_PAGE
    search: str = ""
    terms: tuple[UUID, ...] = ()
    taxonomy: UUID | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    start_time: time | None = None
    end_time: time | None = None
    days: tuple[int, ...] = ()
    modified_after: datetime | None = None
    point: tuple[int, int] | None = None
    """Easting and northing of the postcode, in metres."""
    proximity: int = PROXIMITY

    @property
    def asks_of_sessions(self) -> bool:
        return bool(
            self.days
            or self.start_time is not None
            or self.end_time is not None
            or self.minimum_age is not None
            or self.maximum_age is not None
        )


@dataclass
class _Reader:
    """Reads one parameter after the other and gathers what is wrong with them. Empty ones count as not given."""

    typed: QueryDict
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return (self.typed.get(name) or "").replace("\x00", "").strip()

    def whole(self, name: str, least: int, most: int, default: int | None = None) -> int | None:
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
            self.faults[name] = f"Give a whole number from {least} to {most}."
            return default
        return int(text)

    def clock(self, name: str) -> time | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return time.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            self.faults[name] = "Give a time of day such as 16:30."
            return None

    def ids(self, name: str) -> tuple[UUID, ...]:
        texts = [part.strip() for part in self.text(name).split(",") if part.strip()]
        try:
            return tuple(UUID(text) for text in texts[:20])
        except ValueError:
            self.faults[name] = "Give the id (a UUID) from /o/taxonomies or /o/taxonomy_terms; commas between several."
            return ()

    def days(self, name: str) -> tuple[int, ...]:
        texts = [part for part in self.text(name).split(",") if part.strip()]
        numbers = [day_number(text) for text in texts]
        if any(number is None for number in numbers):
            self.faults[name] = "Give days of the week as MO, TU, WE, TH, FR, SA or SU, with commas between several."
            return ()
        return tuple(number for number in numbers if number is not None)

    def moment(self, name: str) -> datetime | None:
        text = self.text(name)
        if not text:
            return None
        try:
            found = parse_datetime(text.replace(" ", "+") if "T" in text else text)
            day = None if found else parse_date(text)
        except ValueError:
            found = day = None
        if found is None and day is not None:
            found = datetime(day.year, day.month, day.day)
        if found is None:
            self.faults[name] = "Give a date such as 2026-09-01, or a date and time such as 2026-09-01T12:00:00Z."
            return None
        return timezone.make_aware(found, UTC) if timezone.is_naive(found) else found


def read_question(typed: QueryDict, *, allowed: set[str]) -> Question:
    """The question in the address. Parameters that this address does not know are ignored, as the standard has it.

    Raises:
        BadParameters: with words for each that cannot be understood.
    """
    reader = _Reader(typed)
    values: dict[str, Any] = {
        "page": reader.whole("page", 1, LAST_PAGE, 1),
        "per_page": reader.whole("per_page", 1, MOST_PER_PAGE, PER_PAGE),
    }
    readers: dict[str, Any] = {
        "search": lambda: _search(reader),
        "minimum_age": lambda: reader.whole("minimum_age", 0, OLDEST),
        "maximum_age": lambda: reader.whole("maximum_age", 0, OLDEST),
        "start_time": lambda: reader.clock("start_time"),
        "end_time": lambda: reader.clock("end_time"),
        "modified_after": lambda: reader.moment("modified_after"),
    }
    values |= {name: read() for name, read in readers.items() if name in allowed}
    if "day" in allowed:
        values["days"] = reader.days("day")
    if "taxonomy_term_id" in allowed:
        values["terms"] = reader.ids("taxonomy_term_id")
    if "taxonomy_id" in allowed:
        values["taxonomy"] = next(iter(reader.ids("taxonomy_id")), None)
    if "postcode" in allowed:
        values["point"] = _point(reader)
        values["proximity"] = reader.whole("proximity", 1, FARTHEST, PROXIMITY)
        if reader.text("proximity") and not reader.text("postcode"):
            reader.faults["postcode"] = "Give a postcode too: proximity is measured from it."
    if reader.faults:
        raise BadParameters(reader.faults)
    return Question(**values)


def _search(reader: _Reader) -> str:
    text = reader.text("search")
    if len(text) > LONGEST_SEARCH:
        reader.faults["search"] = f"Give at most {LONGEST_SEARCH} characters."
        return ""
    return " ".join(words_of(text))


def _point(reader: _Reader) -> tuple[int, int] | None:
    text = reader.text("postcode")
    if not text:
        return None
    code = tidy_postcode(text) if len(text) <= 20 else None
    if code is None:
        reader.faults["postcode"] = "Give a whole postcode, such as NW1 1AA."
        return None
    row = Postcode.objects.filter(code=code).values_list("easting", "northing").first()
    if row is None:
        reader.faults["postcode"] = f"We only know postcodes in the area and within {REACH_KM} km of it."
    return row
