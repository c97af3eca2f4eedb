"""What goes after its time: needs the day after, names once nobody needs them, links that nobody confirmed.

That somebody came, from which setting, and to what, stays: it names nobody.
"""

from datetime import date as Day
from datetime import datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from foundation.audit import services as audit

from ..enums import BookingState, DateState
from ..models import Booking
from ..states import may_step
from .bookings import cancel

S = BookingState
UNCONFIRMED_FOR = timedelta(days=2)
NOT_CAME_FOR = timedelta(days=30)
NAMES_MONTHS = 12
"""After the day, or until the certificate runs out where that is later. A certificate without an end counts as three years."""
ENDLESS_MONTHS = 36


@transaction.atomic
def forget_what_is_over(*, today: Day | None = None) -> int:
    """Delete what is past its time; how many bookings lost something."""
    today = today or timezone.localdate()
    midnight = timezone.make_aware(datetime.combine(today, time()))
    unconfirmed, _models = Booking.objects.filter(
        state=S.PENDING, created_at__lt=timezone.now() - UNCONFIRMED_FOR
    ).delete()
    needs = Booking.objects.exclude(needs="").filter(date__ends_at__lt=midnight).update(needs="")
    names = sum(_forget(booking) for booking in _with_names(midnight) if _is_over(booking, today))
    if unconfirmed or needs or names:
        audit.record(action="programme.forget", facts={"unconfirmed": unconfirmed, "needs": needs, "names": names})
    return unconfirmed + needs + names


def keep_until(booking: Booking) -> Day:
    """The last day on which the name of a booking is kept."""
    day = timezone.localdate(booking.date.starts_at)
    if booking.state != S.ATTENDED:
        return day + NOT_CAME_FOR
    course = booking.date.course
    months = NAMES_MONTHS
    if booking.certificate_code:
        months = max(NAMES_MONTHS, course.certificate_months or ENDLESS_MONTHS)
    return day + relativedelta(months=months)


def _with_names(midnight: datetime) -> list[Booking]:
    over = Booking.objects.filter(forgotten_at__isnull=True, date__ends_at__lt=midnight - NOT_CAME_FOR)
    # A list that nobody finished keeps its names a while, but not for good.
    lately = midnight - relativedelta(months=NAMES_MONTHS)
    over = over.exclude(date__state=DateState.OPEN, state=S.BOOKED, date__ends_at__gte=lately)
    return list(over.select_related("date__course"))


def _is_over(booking: Booking, today: Day) -> bool:
    return keep_until(booking) < today


@transaction.atomic
def forget_person(*, booking: Booking, by: Any) -> None:
    """Somebody asks to be forgotten before the time. A place that is still to come is given back first; no mail says so,
    for it would hold their address again."""
    if may_step(booking.state, S.CANCELLED) and not booking.date.is_over:
        cancel(booking=booking, by=by, is_told=False)
    booking = Booking.objects.select_for_update(of=("self",)).select_related("date__course").get(pk=booking.pk)
    _forget(booking)
    audit.record(action="programme.forget_person", actor=by, subject=booking.date, facts={"booking": str(booking.pk)})


def _forget(booking: Booking) -> int:
    booking.name = booking.email = booking.organisation = booking.needs = booking.language = ""
    booking.certificate_code, booking.booked_by = None, None
    booking.forgotten_at = timezone.now()
    booking.save()
    return 1
