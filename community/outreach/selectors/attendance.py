"""Which settings somebody came from lately, as far as the cockpit counts it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, time
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet
from django.utils import timezone

from ...programme.enums import BookingState, DateState, Kind
from ...programme.models import Booking, Course, CourseDate
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
    """Four queries, five where something counts for safeguarding leads alone."""
    since = timezone.make_aware(datetime.combine(today - relativedelta(months=TRAINED_MONTHS), time.min))
    held = CourseDate.objects.filter(course__kind=Kind.FORUM, state=DateState.HELD).order_by("-starts_at")
    forums = set(held.values_list("pk", flat=True)[:FORUMS])
    courses = {
        pk: (kind, {*seen, *helped}, only_leads, is_offered)
        for pk, kind, seen, helped, only_leads, is_offered in Course.objects.order_by().values_list(
            "pk", "kind", "counts_as_seen", "counts_as_help", "only_leads_count", "is_offered"
        )
    }
    offered = {code for _kind, codes, _only_leads, is_offered in courses.values() if is_offered for code in codes}
    found = Came(set(), set(), {code: set() for code in offered})
    dates = CourseDate.objects.filter(Q(starts_at__gte=since) | Q(pk__in=forums)).order_by()
    alike: dict[frozenset[str], set[UUID]] = defaultdict(set)
    for_leads: dict[frozenset[str], set[UUID]] = defaultdict(set)
    for pk, starts_at, course in dates.values_list("pk", "starts_at", "course_id"):
        kind, codes, only_leads, _is_offered = courses[course]
        codes = codes if starts_at >= since else set()
        marks = {_TRAINED} if kind == Kind.TRAINING and starts_at >= since else set()
        marks |= {_MET} if pk in forums else set()
        if codes and only_leads:
            for_leads[frozenset(codes)].add(pk)
        else:
            marks |= codes
        if marks:
            alike[frozenset(marks)].add(pk)
    everybody = Booking.objects.filter(state=BookingState.ATTENDED, setting__isnull=False)
    lists = {_TRAINED: found.trained, _MET: found.met, **found.items}
    for shared, settings in (*_came(everybody, alike), *_came(everybody.filter(is_lead=True), for_leads)):
        for mark in shared:
            lists.setdefault(mark, set()).update(settings)
    found.items.update({code: settings for code, settings in lists.items() if code not in {_TRAINED, _MET}})
    return found


def _came(
    bookings: "QuerySet[Booking]", alike: dict[frozenset[str], set[UUID]]
) -> Iterator[tuple[frozenset[str], set[str]]]:
    """Dates that count for the same things, and the settings of these bookings that were for any of them: read from an
    index alone, and each setting looked at once for many dates."""
    if not alike:
        return
    of_date = {pk: marks for marks, dates in alike.items() for pk in dates}
    rows = bookings.filter(date__in=of_date).order_by().values_list("date_id").annotate(packed=Packed("setting_id"))
    settings: dict[frozenset[str], set[str]] = defaultdict(set)
    for pk, packed in rows:
        settings[of_date[pk]].update(unpack(packed))
    yield from settings.items()
