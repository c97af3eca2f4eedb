"""Which settings somebody came from lately, as far as the cockpit counts it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, time
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import BooleanField, FilteredRelation, Q, QuerySet, Value
from django.utils import timezone

from ...programme.enums import BookingState, DateState, Kind
from ...programme.models import Booking, Course
from .packed import Packed, unpack

TRAINED_MONTHS = 24
FORUMS = 3
_TRAINED, _MET = ":trained", ":met"
"""Beside codes of items, which have no colon."""


@dataclass(frozen=True)
class Came:
    """Keys of settings, as the database writes them."""

    trained: set[str]
    """Had somebody on a course within `TRAINED_MONTHS`."""
    met: set[str]
    """Came to one of the last `FORUMS` forums that were held."""
    items: dict[str, set[str]]
    """Code of an item of the standard -> who came within `TRAINED_MONTHS` to something that counts towards it. Items that
    something on offer counts towards stand here even where nobody came."""


def came_lately(today: Day) -> Came:
    """Two queries: what was held or is offered, and who came to it."""
    since = timezone.make_aware(datetime.combine(today - relativedelta(months=TRAINED_MONTHS), time.min))
    found = Came(set(), set(), {})
    alike: dict[UUID, frozenset[str]] = {}
    for_leads: dict[UUID, frozenset[str]] = {}
    rows = _courses(since)
    forums = _last_forums(rows)
    for pk, starts_at, _state, kind, seen, helped, only_leads, is_offered in rows:
        codes = {*seen, *helped}
        if is_offered:
            found.items.update({code: set() for code in codes if code not in found.items})
        if pk is None:
            continue  # a course without a date
        is_recent = starts_at >= since
        codes = codes if is_recent else set()
        marks = {_TRAINED} if kind == Kind.TRAINING and is_recent else set()
        marks |= {_MET} if pk in forums else set()
        if codes and only_leads:
            for_leads[pk] = frozenset(codes)
        else:
            marks |= codes
        if marks:
            alike[pk] = frozenset(marks)
    lists = {_TRAINED: found.trained, _MET: found.met, **found.items}
    for shared, settings in _came(alike, for_leads):
        for mark in shared:
            lists.setdefault(mark, set()).update(settings)
    found.items.update({code: settings for code, settings in lists.items() if code not in {_TRAINED, _MET}})
    return found


def _courses(since: datetime) -> list[tuple[Any, ...]]:
    """Each course with each of its dates that may count, or with none: recent ones, and forums of any age, for the last
    ones may be long ago."""
    may_count = Q(dates__starts_at__gte=since) | Q(kind=Kind.FORUM)
    courses = Course.objects.order_by().annotate(held=FilteredRelation("dates", condition=may_count))
    return list(
        courses.values_list(
            "held__pk", "held__starts_at", "held__state", "kind", "counts_as_seen", "counts_as_help",
            "only_leads_count", "is_offered",
        )
    )  # fmt: skip


def _last_forums(rows: list[tuple[Any, ...]]) -> set[UUID]:
    """The last forums that were held."""
    held = [
        (starts_at, pk) for pk, starts_at, state, kind, *_rest in rows if kind == Kind.FORUM and state == DateState.HELD
    ]
    return {pk for _starts_at, pk in sorted(held, reverse=True)[:FORUMS]}


def _came(
    alike: dict[UUID, frozenset[str]], for_leads: dict[UUID, frozenset[str]]
) -> Iterator[tuple[frozenset[str], set[str]]]:
    """What dates count for, and the settings from which somebody, or a safeguarding lead, came to any such date. Two
    halves of one query: the larger one is read from an index alone, which does not know who is a lead."""

    def half(bookings: "QuerySet[Any]", dates: Iterable[UUID], is_for_leads: bool) -> "QuerySet[Any]":
        named = bookings.filter(date__in=list(dates)).order_by().annotate(of_leads=Value(is_for_leads, BooleanField()))
        return named.values_list("date_id", "of_leads").annotate(packed=Packed("setting_id"))

    came = Booking.objects.filter(state=BookingState.ATTENDED, setting__isnull=False)
    rows = half(came, alike, False).union(half(came.filter(is_lead=True), for_leads, True), all=True)
    settings: dict[frozenset[str], set[str]] = defaultdict(set)
    for pk, is_for_leads, packed in rows:
        settings[(for_leads if is_for_leads else alike)[pk]].update(unpack(packed))
    yield from settings.items()
