"""Who came: marked by an officer, or by the people themselves with the code of their booking."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..enums import BookingState, DateState, Stage, Via
from ..errors import AlreadyDone, ProgrammeError, StepNotAllowed, UnknownCode
from ..models import Booking, CourseDate
from ..models.bookings import key_of_email, new_certificate_code
from ..states import LIVE, may_step
from . import mails
from .bookings import Person, _free_code, _write, locked
from .counting import count_attendance, take_back_credits
from .evaluation import invite

S = BookingState
DOOR_OPENS = timedelta(hours=1)
"""Before the start and after the end the QR code works for so long."""


class NotToday(ProgrammeError):
    """The QR code was opened on another day."""

    def __init__(self) -> None:
        super().__init__(_("This works on the day itself, from an hour before the start to an hour after the end."))


def is_door_open(date: CourseDate) -> bool:
    """Whether people can mark themselves now."""
    now = timezone.now()
    return date.state == DateState.OPEN and date.starts_at - DOOR_OPENS <= now <= date.ends_at + DOOR_OPENS


class NotYet(ProgrammeError):
    """Somebody is marked as here before the day."""

    def __init__(self) -> None:
        super().__init__(_("Who is there can be marked from the day itself on, not before."))


def may_mark(date: CourseDate) -> bool:
    """Whether officers can mark people: from the first minute of its day in London, for as long as the list may be wrong."""
    return timezone.localdate() >= timezone.localdate(date.starts_at)


@transaction.atomic
def mark_self(*, date: CourseDate, code: str) -> Booking:
    """Somebody scanned the QR code and typed the code of their booking.

    Raises:
        NotToday, UnknownCode.
        AlreadyDone: they were marked before; nothing changed.
        ProgrammeError: on the waiting list: somebody of the team has to let them in.
    """
    date = locked(date)  # an officer may be finishing the list at this moment
    if not is_door_open(date):
        raise NotToday
    typed = "".join(char for char in code.upper() if char.isalpha())
    booking = date.bookings.select_for_update().filter(code=typed).exclude(state=S.CANCELLED).first() if typed else None
    if booking is None or booking.state == S.PENDING:
        raise UnknownCode
    if booking.state == S.ATTENDED:
        raise AlreadyDone
    if booking.state == S.WAITING:
        raise ProgrammeError(_("You are on the waiting list. Please speak to one of us: there may be a chair for you."))
    booking.state = S.ATTENDED
    booking.save(update_fields=["state"])
    return booking


@transaction.atomic
def mark(*, booking: Booking, state: str, by: Any) -> Booking:
    """An officer says whether somebody came, or takes the mark back. After the date is finished what hangs on it follows.

    Raises:
        NotYet: before the day nobody can have come.
        StepNotAllowed.
    """
    date = locked(booking.date)
    booking = (
        Booking.objects.select_for_update(of=("self",)).select_related("date__course", "setting").get(pk=booking.pk)
    )
    if booking.state == state:
        return booking
    if not may_mark(date):
        raise NotYet
    is_finished = date.state == DateState.HELD
    if state not in {S.ATTENDED, S.ABSENT, S.BOOKED} or not may_step(booking.state, state):
        raise StepNotAllowed
    if date.state not in {DateState.OPEN, DateState.HELD} or (is_finished and state == S.BOOKED):
        raise StepNotAllowed
    booking.state = state
    booking.save(update_fields=["state"])
    audit.record(
        action="programme.mark", actor=by, subject=date, facts={"booking": str(booking.pk), "state": str(state)}
    )
    if is_finished:
        if state == S.ATTENDED:
            _complete(booking, by=by)
        else:
            take_back_credits(booking=booking, by=by)
            Booking.objects.filter(pk=booking.pk).update(certificate_code=None)
    return booking


@transaction.atomic
def add_who_came(*, date: CourseDate, person: Person, by: Any) -> Booking:
    """Somebody who came without a booking. Without an email address there is no certificate by mail.

    Raises:
        AlreadyDone: the address has a booking; mark that one.
        NotYet: the day is still to come.
        StepNotAllowed: the date is planned or cancelled.
    """
    date = locked(date)
    if date.state not in {DateState.OPEN, DateState.HELD}:
        raise StepNotAllowed
    if not may_mark(date):
        raise NotYet
    key = key_of_email(person.email)
    if key and date.bookings.filter(email_key=key, state__in=LIVE).exists():
        raise AlreadyDone(_("This address has a booking for the date: mark that person in the list."))
    booking = Booking(date=date, code=_free_code(date), via=Via.OFFICER, booked_by=by, state=S.ATTENDED)
    _write(booking, person)
    booking.confirmed_at = timezone.now()
    booking.save()
    audit.record(action="programme.add_who_came", actor=by, subject=date, facts={"booking": str(booking.pk)})
    if date.state == DateState.HELD:
        _complete(booking, by=by)
    return booking


@transaction.atomic
def finish(*, date: CourseDate, by: Any) -> int:
    """The list is right: whoever was not marked did not come; the others get thanks, certificate and evaluation, and it
    counts for their settings. How many came.

    Raises:
        StepNotAllowed: it has not begun, or was finished before.
    """
    date = locked(date)
    if date.state != DateState.OPEN or timezone.now() < date.starts_at:
        raise StepNotAllowed
    date.state, date.finished_at = DateState.HELD, timezone.now()
    date.save(update_fields=["state", "finished_at", "updated_at"])
    date.bookings.filter(state=S.BOOKED).update(state=S.ABSENT)
    date.bookings.filter(state__in=[S.WAITING, S.PENDING]).update(state=S.CANCELLED, cancelled_at=timezone.now())
    came = list(date.bookings.filter(state=S.ATTENDED).select_related("date__course", "setting"))
    for booking in came:
        _complete(booking, by=by)
    audit.record(action="programme.finish", actor=by, subject=date, facts={"came": len(came)})
    return len(came)


def _complete(booking: Booking, *, by: Any) -> None:
    """Certificate, thanks and what it counts towards, for somebody who came."""
    course = booking.date.course
    fields = ["thanked_at"]
    if course.gives_certificate and not booking.certificate_code:
        booking.certificate_code = new_certificate_code()
        fields.append("certificate_code")
    is_first = booking.thanked_at is None
    booking.thanked_at = booking.thanked_at or timezone.now()
    booking.save(update_fields=fields)
    count_attendance(booking=booking, by=by)
    if is_first:
        invite(course=course, stage=Stage.NOW)
        mails.send_thanks(booking)
