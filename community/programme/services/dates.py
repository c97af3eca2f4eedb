"""What happens to a date: opened, moved, cancelled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..enums import BookingState, DateState
from ..errors import ProgrammeError, StepNotAllowed
from ..models import CourseDate
from . import mails
from .bookings import fill_places, locked

_TOLD = (BookingState.BOOKED, BookingState.WAITING)


@dataclass(frozen=True)
class WhenAndWhere:
    """What people must be told of when it changes."""

    starts_at: datetime
    ends_at: datetime
    mode: str
    venue: str
    address: str
    online_link: str

    @classmethod
    def of(cls, date: CourseDate) -> "WhenAndWhere":
        """To the minute, and without line ends, which a form changes by itself."""
        starts_at, ends_at = (moment.replace(second=0, microsecond=0) for moment in (date.starts_at, date.ends_at))
        return cls(starts_at, ends_at, date.mode, date.venue, " ".join(date.address.split()), date.online_link)


@transaction.atomic
def save_date(*, date: CourseDate, by: Any) -> int:
    """Keep a date as an officer wrote it. Whoever booked is told of another time or place; a larger room lets people
    move up. How many were told.

    Raises:
        ProgrammeError: fewer places than people, or a cancelled or held date was moved.
    """
    if date._state.adding:
        date.save()
        audit.record(action="programme.add_date", actor=by, subject=date)
        return 0
    before = locked(date)
    if before.state in {DateState.CANCELLED, DateState.HELD}:
        raise StepNotAllowed
    has_places = before.bookings.filter(state=BookingState.BOOKED).count()
    if date.capacity < has_places:
        raise ProgrammeError(
            _("%(people)d people have a place already, so there must be at least as many places.")
            % {"people": has_places}
        )
    was_then, is_now = WhenAndWhere.of(before), WhenAndWhere.of(date)
    moved, old_time = was_then != is_now, was_then.starts_at != is_now.starts_at
    if moved:
        date.revision = before.revision + 1
    date.save()
    audit.record(
        action="programme.change_date", actor=by, subject=date,
        facts={"moved": moved, "state": str(date.state), "places": date.capacity},
    )  # fmt: skip
    told = 0
    if moved and date.state == DateState.OPEN:
        people = date.bookings.filter(state__in=_TOLD).select_related("date__course")
        if old_time:
            people.update(reminded_week=None, reminded_day=None)
        for booking in people:
            mails.send_moved(booking, before=before)
            told += 1
    fill_places(date=date)
    return told


@transaction.atomic
def open_date(*, date: CourseDate, by: Any) -> None:
    """People can book.

    Raises:
        StepNotAllowed: it is not planned, or in the past.
    """
    date = locked(date)
    if date.state != DateState.PLANNED or timezone.now() >= date.starts_at:
        raise StepNotAllowed
    date.state = DateState.OPEN
    date.save(update_fields=["state", "updated_at"])
    audit.record(action="programme.open_date", actor=by, subject=date)


@transaction.atomic
def cancel_date(*, date: CourseDate, reason: str, by: Any) -> int:
    """It does not take place; everybody who booked or waits is told why. How many were told.

    Raises:
        ProgrammeError: without a reason.
        StepNotAllowed: it was held or cancelled before.
    """
    if not reason.strip():
        raise ProgrammeError(_("Say why, in a sentence. People read it in our email and on the page."))
    date = locked(date)
    if date.state not in {DateState.PLANNED, DateState.OPEN}:
        raise StepNotAllowed
    date.state, date.cancelled_because = DateState.CANCELLED, reason.strip()[:250]
    date.revision += 1
    date.save(update_fields=["state", "cancelled_because", "revision", "updated_at"])
    told = 0
    for booking in date.bookings.filter(state__in=_TOLD).select_related("date__course"):
        mails.send_date_cancelled(booking)
        told += 1
    date.bookings.exclude(state=BookingState.CANCELLED).update(
        state=BookingState.CANCELLED, cancelled_at=timezone.now(), needs=""
    )
    audit.record(action="programme.cancel_date", actor=by, subject=date, facts={"told": told}, note=reason.strip())
    return told
