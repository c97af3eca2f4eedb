"""What the calendar brings: reminders a week and a day before, and the question whether it helped, six weeks on.

A reminder is claimed by an update that one writer can win, so running this twice, or twice at once, sends nothing twice.
Somebody who books within a week gets the one of the day before alone.
"""

from datetime import date as Day
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..enums import BookingState, DateState, Stage, Via
from ..models import Booking
from . import mails
from .evaluation import invite

S = BookingState
WEEK, DAY = timedelta(days=7), timedelta(days=1)
ASK_LATER_FROM, ASK_LATER_TO = timedelta(days=42), timedelta(days=56)


def send_what_is_due(*, today: Day | None = None) -> int:
    """Send what this day in London asks for; how many mails went into the outbox."""
    today = today or timezone.localdate()
    sent = 0
    now = timezone.now()
    coming = Booking.objects.filter(state=S.BOOKED, date__state=DateState.OPEN, date__starts_at__gt=now)
    for booking in coming.filter(date__starts_at__lt=now + timedelta(days=9)).select_related("date__course"):
        days = (timezone.localdate(booking.date.starts_at) - today).days
        if days <= 1:
            sent += _remind(booking, "reminded_day")
        elif days <= 7 and _booked_before_the_week(booking):
            sent += _remind(booking, "reminded_week")
    return sent + _ask_later(today)


def _booked_before_the_week(booking: Booking) -> bool:
    since = booking.confirmed_at or booking.created_at
    return since < booking.date.starts_at - WEEK


@transaction.atomic
def _remind(booking: Booking, field: str) -> int:
    unsent = Booking.objects.filter(pk=booking.pk, state=S.BOOKED, **{f"{field}__isnull": True})
    if not unsent.update(**{field: timezone.now()}):
        return 0
    mails.send_reminder(booking)
    return 1


def _ask_later(today: Day) -> int:
    came = Booking.objects.filter(
        state=S.ATTENDED, date__state=DateState.HELD, asked_later_at__isnull=True, forgotten_at__isnull=True,
        date__ends_at__range=(timezone.now() - ASK_LATER_TO, timezone.now() - ASK_LATER_FROM),
    ).exclude(email="").exclude(via=Via.IMPORTED)  # fmt: skip
    return sum(_ask(booking) for booking in came.select_related("date__course"))


@transaction.atomic
def _ask(booking: Booking) -> int:
    if not Booking.objects.filter(pk=booking.pk, asked_later_at__isnull=True).update(asked_later_at=timezone.now()):
        return 0
    invite(course=booking.date.course, stage=Stage.LATER)
    mails.send_ask_later(booking)
    return 1
