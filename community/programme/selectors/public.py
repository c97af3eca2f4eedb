"""What the public sees of the programme."""

from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime, timedelta

from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone

from foundation.cache.kept import Kept

from ..enums import Audience, DateState, Kind
from ..models import Course, CourseDate, Level

_last_open: Kept[datetime | None] = Kept()
MOST = 300
"""More dates than a partnership plans in a year; nobody pages through more."""


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. What cannot be understood is left out."""

    audience: str = ""
    kind: str = ""
    level: str = ""
    month: str = ""
    free: bool = False
    online: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "Wish":
        month = query.get("month", "")
        try:
            datetime.strptime(month, "%Y-%m")
        except ValueError:
            month = ""
        return cls(
            audience=_one_of(query.get("audience", ""), Audience.values),
            kind=_one_of(query.get("kind", ""), Kind.values),
            level=query.get("level", "")[:20],
            month=month,
            free=query.get("free") == "on",
            online=query.get("online") == "on",
        )

    @property
    def is_any(self) -> bool:
        """Whether it narrows the list at all."""
        return self != Wish()

    @property
    def more(self) -> int:
        """How many choices are made besides for whom it is, which is asked first."""
        return sum(bool(choice) for choice in (self.kind, self.level, self.month, self.free, self.online))

    def takes(self, date: CourseDate) -> bool:
        """Whether a date is what they look for."""
        course = date.course
        return (
            (not self.audience or self.audience in course.audiences)
            and (not self.kind or course.kind == self.kind)
            and (not self.level or (course.level is not None and course.level.code == self.level))
            and (not self.month or f"{timezone.localtime(date.starts_at):%Y-%m}" == self.month)
            and (not self.free or course.is_free)
            and (not self.online or date.is_online)
        )


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""


@dataclass(frozen=True)
class Month:
    """The dates of one month."""

    first: Day
    dates: list[CourseDate] = field(default_factory=list)


@dataclass(frozen=True)
class WhatsOn:
    """The list, and what it can be narrowed to. `total`: dates there are without a wish."""

    months: list[Month]
    found: int
    total: int
    all_months: list[Day]
    levels: list[Level]


def whats_on(wish: Wish) -> WhatsOn:
    """Dates to come, month by month, with `taken` and `waiting`. Two queries."""
    coming = list(CourseDate.objects.public().coming().with_counts().select_related("course__level")[:MOST])
    chosen = [date for date in coming if wish.takes(date)]
    months: dict[Day, Month] = {}
    for date in chosen:
        first = timezone.localtime(date.starts_at).date().replace(day=1)
        months.setdefault(first, Month(first)).dates.append(date)
    every = sorted({timezone.localtime(date.starts_at).date().replace(day=1) for date in coming})
    levels = {date.course.level for date in coming if date.course.level is not None}
    return WhatsOn(
        list(months.values()), len(chosen), len(coming), every, sorted(levels, key=lambda each: (each.order, each.name))
    )


def course_or_none(slug: str) -> Course | None:
    """A course that the public may see."""
    return Course.objects.filter(slug=slug, is_offered=True).select_related("level").first()


def coming_dates(course: Course) -> list[CourseDate]:
    """Its dates to come, cancelled ones too, with counts."""
    return list(course.dates.coming().with_counts().select_related("course__level"))


def date_or_none(slug: str, pk: object) -> CourseDate | None:
    """A date of a public course that takes bookings or could tell why not."""
    rows = CourseDate.objects.public().with_counts().select_related("course__level")
    return rows.filter(pk=pk, course__slug=slug).first()


def is_anything_open() -> bool:
    """Whether anything can be booked now. No query once it is known: what is kept is when the last open date begins, so
    that the answer changes at that very minute."""
    last = _last_open.of("last", _last_open_start)
    return last is not None and last > timezone.now()


def _last_open_start() -> datetime | None:
    found: datetime | None = (
        CourseDate.objects.public().filter(state=DateState.OPEN).aggregate(Max("starts_at"))["starts_at__max"]
    )
    return found


def next_start_after(moment: datetime) -> datetime | None:
    """When the next date begins: from then on it is no longer to come."""
    row = CourseDate.objects.public().filter(starts_at__gt=moment, state=DateState.OPEN).order_by("starts_at").first()
    return row.starts_at if row else None


def dates_for_calendar() -> list[CourseDate]:
    """From a month ago on, cancelled ones too: calendars that subscribed take them out."""
    since = timezone.now() - timedelta(days=31)
    rows = CourseDate.objects.public().filter(starts_at__gte=since).exclude(state=DateState.PLANNED)
    return list(rows.select_related("course")[:MOST])
