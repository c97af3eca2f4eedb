"""Whom the programme reaches: the year's figures. Nothing here names a person."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, time

from django.db.models import Count
from django.utils import timezone

from ..enums import BookingState, DateState
from ..models import Booking, CourseDate


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
    """What was held from one day to another, both included. Three queries, however many came."""
    span = (_midnight(since), _midnight(until, is_end=True))
    dates = CourseDate.objects.filter(state=DateState.HELD, starts_at__range=span)
    held = dict(dates.values_list("course__kind").annotate(number=Count("pk")).order_by())
    came = Booking.objects.filter(state=BookingState.ATTENDED, date__starts_at__range=span)
    people = dict(came.values_list("date__course__kind").annotate(number=Count("pk")).order_by())
    places = came.filter(setting__isnull=False).values("setting").distinct().count()
    return YearFigures(held, people, places)


def _midnight(day: Day, *, is_end: bool = False) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max if is_end else time.min))
