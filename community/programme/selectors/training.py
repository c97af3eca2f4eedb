"""A setting's training record: who came to what, how long it counts, who is going."""

from dataclasses import dataclass
from datetime import date as Day

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from ...register.models import Setting
from ..enums import BookingState
from ..models import Booking


@dataclass(frozen=True)
class Attended:
    """One person at one date."""

    booking: Booking
    until: Day | None
    """The last day of the certificate; None where it has no end, or where there is none."""
    items: list[str]

    @property
    def day(self) -> Day:
        return timezone.localdate(self.booking.date.starts_at)

    @property
    def holds(self) -> bool:
        return self.until is None or self.until >= timezone.localdate()


def certificate_end(booking: Booking) -> Day | None:
    """Until when the certificate of this attendance is good."""
    months = booking.date.course.certificate_months
    day = timezone.localdate(booking.date.starts_at)
    return day + relativedelta(months=months) if months else None


def record_of(setting: Setting) -> list[Attended]:
    """What its people came to, the latest first. Two queries."""
    rows = (
        setting.bookings.filter(state=BookingState.ATTENDED)
        .select_related("date__course__level")
        .prefetch_related("credits")
        .order_by("-date__starts_at", "name")
    )
    return [Attended(row, certificate_end(row), sorted(each.item_code for each in row.credits.all())) for row in rows]


def going_from(setting: Setting) -> list[Booking]:
    """Its people who have a place or wait for one, the next date first."""
    rows = setting.bookings.filter(
        state__in=[BookingState.BOOKED, BookingState.WAITING], date__ends_at__gte=timezone.now()
    )
    return list(rows.select_related("date__course").order_by("date__starts_at", "name"))


def credited_for(setting: Setting, item_code: str) -> list[Attended]:
    """What counts towards one item of the standard, the latest first."""
    return [each for each in record_of(setting) if item_code in each.items]
