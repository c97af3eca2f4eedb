"""Whom the programme reaches: facts in bulk, for an overview of all settings and for the year's figures.

Every function is one query (the forums two), however many settings and attendances there are. Nothing here names a person.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, time
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from ..enums import BookingState, DateState, Kind
from ..models import Booking, CourseDate, Credit

S = BookingState


def settings_that_came(*, kind: str | None = None, since: Day | None = None, until: Day | None = None) -> set[UUID]:
    """Settings from which somebody came to a date of this kind."""
    rows = came_to(kind=kind, since=since, until=until)
    return set(rows.order_by().values_list("setting_id", flat=True).distinct())


def came_to(*, kind: str | None = None, since: Day | None = None, until: Day | None = None) -> "QuerySet[Booking]":
    """Bookings of people of a setting who came to a date of this kind."""
    dates = _dates(since, until)
    if kind:
        dates = dates.filter(course__kind=kind)
    return Booking.objects.filter(state=S.ATTENDED, setting__isnull=False, date__in=dates.order_by().values("pk"))


def settings_credited(*, item_code: str, since: Day) -> set[UUID]:
    """Settings with somebody whose attendance since then counts towards an item of the standard."""
    rows = Credit.objects.filter(
        item_code=item_code, booking__state=S.ATTENDED, booking__setting__isnull=False,
        booking__date__starts_at__gte=_midnight(since),
    )  # fmt: skip
    return set(rows.order_by().values_list("booking__setting_id", flat=True).distinct())


def last_came() -> dict[UUID, dict[str, datetime]]:
    """Setting -> kind -> when somebody of it last came. One query, grouped in the database."""
    rows = (
        _came(None, None).filter(setting__isnull=False)
        .values("setting_id", "date__course__kind").annotate(last=Max("date__starts_at")).order_by()
    )  # fmt: skip
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for row in rows:
        found[row["setting_id"]][row["date__course__kind"]] = row["last"]
    return dict(found)


@dataclass(frozen=True)
class Forum:
    """One forum that was held."""

    date_id: UUID
    day: Day
    people: int
    settings: int


def last_forums(number: int = 3) -> list[Forum]:
    """The forums that were held last, with how many came from how many settings."""
    dates = list(
        CourseDate.objects.filter(course__kind=Kind.FORUM, state=DateState.HELD)
        .order_by("-starts_at").values_list("pk", "starts_at")[:number]
    )  # fmt: skip
    came = Booking.objects.filter(state=S.ATTENDED, date__in=[pk for pk, _start in dates])
    counted = {
        row["date_id"]: row
        for row in came.values("date_id")
        .annotate(people=Count("pk"), places=Count("setting", distinct=True))
        .order_by()
    }
    nobody = {"people": 0, "places": 0}
    return [
        Forum(pk, timezone.localdate(start), counted.get(pk, nobody)["people"], counted.get(pk, nobody)["places"])
        for pk, start in dates
    ]


@dataclass(frozen=True)
class YearFigures:
    """A stretch of time in numbers."""

    held: dict[str, int]
    """Kind -> dates that were held."""
    people: dict[str, int]
    """Kind -> people who came; who came twice counts twice."""
    settings: int
    """Settings from which somebody came to anything."""


def figures(*, since: Day, until: Day) -> YearFigures:
    """What was held from one day to another, both included."""
    span = (_midnight(since), _midnight(until, is_end=True))
    dates = CourseDate.objects.filter(state=DateState.HELD, starts_at__range=span)
    held = dict(dates.values_list("course__kind").annotate(number=Count("pk")).order_by())
    came = _came(since, until)
    people = dict(came.values_list("date__course__kind").annotate(number=Count("pk")).order_by())
    places = came.filter(setting__isnull=False).values("setting").distinct().count()
    return YearFigures(held, people, places)


def _dates(since: Day | None, until: Day | None) -> "QuerySet[CourseDate]":
    rows = CourseDate.objects.all()
    if since is not None:
        rows = rows.filter(starts_at__gte=_midnight(since))
    if until is not None:
        rows = rows.filter(starts_at__lte=_midnight(until, is_end=True))
    return rows


def _came(since: Day | None, until: Day | None) -> "QuerySet[Booking]":
    rows = Booking.objects.filter(state=S.ATTENDED)
    if since is not None:
        rows = rows.filter(date__starts_at__gte=_midnight(since))
    if until is not None:
        rows = rows.filter(date__starts_at__lte=_midnight(until, is_end=True))
    return rows


def _midnight(day: Day, *, is_end: bool = False) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max if is_end else time.min))
