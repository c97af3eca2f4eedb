"""Booking, confirming, cancelling, and moving up from the waiting list.

Whoever counts places holds the date's row until the transaction ends, so the last place goes to one person. Asking for a
place changes nothing that anybody else can see; the press on "Confirm" does.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...register.models import Setting
from ..enums import BookingState, DateState, Via
from ..errors import AlreadyDone, NoPlaceLeft, NotOpen, ProgrammeError, StepNotAllowed
from ..models import Booking, CourseDate
from ..models.bookings import key_of_email, new_code
from ..states import LIVE, TAKES_A_PLACE, may_step
from . import mails

S = BookingState
MOST_OF_A_SETTING = 6
"""So many places of one date an owner can take for a setting; more are for an officer to give."""


@dataclass(frozen=True)
class Person:
    """Who is to come, as it was typed."""

    name: str
    email: str
    organisation: str = ""
    needs: str = ""
    is_lead: bool = False
    setting: Setting | None = None
    language: str = ""
    """Of the page that was used: its code, for the mails. Empty: the site's own."""


@transaction.atomic
def ask_for_place(*, date: CourseDate, person: Person) -> bool:
    """Send the link that makes a booking of it. Whether there is a place at this moment; if not, the link leads to the
    waiting list.

    No place is kept meanwhile: what the public can count is the same before and after, whoever was named, so nobody
    learns whether an address is booked, and nobody uses places up by asking. A known address gets a mail that says so.

    Raises:
        NotOpen, NoPlaceLeft.
    """
    date = locked(date)
    if not date.is_bookable:
        raise NotOpen
    return _send_link(date, person, via=Via.PUBLIC)


@transaction.atomic
def confirm(*, booking: Booking) -> Booking:
    """The click in the mail: a place where one is left, else the waiting list.

    Raises:
        AlreadyDone: it was confirmed before, or the address has another booking for the date.
        StepNotAllowed: it was cancelled.
        NotOpen, NoPlaceLeft.
    """
    date = locked(booking.date)
    booking = _again(booking)
    if booking.state in LIVE:
        raise AlreadyDone
    if booking.state != S.PENDING:
        raise StepNotAllowed
    if date.state != DateState.OPEN or timezone.now() >= date.ends_at:
        raise NotOpen
    if date.bookings.filter(email_key=booking.email_key, state__in=LIVE).exists():
        raise AlreadyDone
    has_place = _has_place(date)
    if not has_place and not date.has_waiting_list:
        raise NoPlaceLeft
    _settle(booking, has_place=has_place)
    booking.save()
    if has_place:
        mails.send_booked(booking)
    else:
        mails.send_waiting(booking)
    return booking


@transaction.atomic
def book_for_setting(*, date: CourseDate, person: Person, by: Any) -> Booking | None:
    """An owner books for the setting: it counts at once, and the person gets a mail. None where the person was sent a link
    to confirm instead.

    That is so while nobody has decided on the setting: anybody can begin a draft, so its owners are told no more about
    an address than the public. An owner's own address, from which they signed in, is booked at once everywhere.

    Raises:
        AlreadyDone: the address has a booking for the date.
        NotOpen, NoPlaceLeft.
    """
    date = locked(date)
    if not date.is_bookable:
        raise NotOpen
    if not books_at_once(person.setting) and key_of_email(person.email) != key_of_email(by.email):
        _send_link(date, person, via=Via.OWNER, by=by)
        return None
    theirs = date.bookings.filter(Q(setting=person.setting) | Q(booked_by=by), via=Via.OWNER, state__in=LIVE)
    if theirs.count() >= MOST_OF_A_SETTING:
        raise ProgrammeError(_("Your setting has as many places as can be booked here. Ask us for more."))
    return _book_now(date, person, by=by, via=Via.OWNER)


def books_at_once(setting: Setting | None) -> bool:
    """Whether its owners book for others without their confirming: two officers have listed it, now or before."""
    return setting is not None and setting.published_id is not None


@transaction.atomic
def add_person(*, date: CourseDate, person: Person, by: Any) -> Booking:
    """An officer adds somebody, also where booking is closed; above the capacity they go on the list like everybody.

    Raises:
        AlreadyDone: the address has a booking for the date.
        NotOpen: the date is cancelled or over.
        NoPlaceLeft.
    """
    date = locked(date)
    if date.state in {DateState.CANCELLED, DateState.HELD} or date.is_over:
        raise NotOpen
    return _book_now(date, person, by=by, via=Via.OFFICER)


@transaction.atomic
def cancel(*, booking: Booking, by: Any = None, for_setting: Setting | None = None, is_told: bool = True) -> Booking:
    """Give the place back; the next on the list gets it. `is_told`: whether the person gets a mail about it.

    Without `by` it was the person, with `for_setting` an owner of that setting, else an officer: the mail says which.

    Raises:
        AlreadyDone: it was cancelled before.
        StepNotAllowed: the day is over.
    """
    date = locked(booking.date)
    booking = _again(booking)
    if booking.state == S.CANCELLED:
        raise AlreadyDone
    if not may_step(booking.state, S.CANCELLED) or date.is_over:
        raise StepNotAllowed
    was_known = booking.state != S.PENDING
    booking.state, booking.cancelled_at, booking.needs = S.CANCELLED, timezone.now(), ""
    booking.save()
    audit.record(action="programme.cancel_booking", actor=by, subject=date, facts={"booking": str(booking.pk)})
    if was_known and is_told:
        mails.send_cancelled(booking, by_name=for_setting.name if for_setting else "", by_us=by is not None)
    fill_places(date=date)
    return booking


@transaction.atomic
def fill_places(*, date: CourseDate) -> int:
    """Whoever has waited longest gets what is free; each is told by mail. How many moved up."""
    date = locked(date)
    if date.state != DateState.OPEN or timezone.now() >= date.starts_at:
        return 0
    free = _free(date)
    if free <= 0:
        return 0
    moved = list(date.bookings.filter(state=S.WAITING).order_by("confirmed_at", "pk")[:free])
    for booking in moved:
        booking.state = S.BOOKED
        booking.save(update_fields=["state"])
        mails.send_booked(booking, moved_up=True)
    if moved:
        audit.record(action="programme.moved_up", subject=date, facts={"people": len(moved)})
    return len(moved)


def fill_all_places() -> int:
    """Where a place is free and somebody waits, they move up, whatever freed it. How many did."""
    waiting = Booking.objects.filter(state=S.WAITING, date__state=DateState.OPEN, date__starts_at__gt=timezone.now())
    dates = CourseDate.objects.filter(pk__in=waiting.values("date"))
    return sum(fill_places(date=date) for date in dates)


def locked(date: CourseDate) -> CourseDate:
    """The date's row, held until the transaction ends."""
    return CourseDate.objects.select_for_update(of=("self",)).select_related("course").get(pk=date.pk)


def _free(date: CourseDate) -> int:
    """Places that nobody has."""
    return date.capacity - date.bookings.filter(state__in=TAKES_A_PLACE).count()


def _has_place(date: CourseDate) -> bool:
    """Whether there is a place that nobody waits for."""
    return _free(date) - date.bookings.filter(state=S.WAITING).count() > 0


def _send_link(date: CourseDate, person: Person, *, via: str, by: Any = None) -> bool:
    """The link that makes a booking of it, or a mail that says that there is one; whether there is a place just now."""
    key = key_of_email(person.email)
    has_place = _has_place(date)
    if not has_place and not date.has_waiting_list:
        raise NoPlaceLeft
    standing = date.bookings.filter(email_key=key, state__in=LIVE).select_related("date__course").first()
    if standing is not None:
        mails.send_has_one(standing)
        return has_place
    earlier = date.bookings.filter(email_key=key, state=S.PENDING).first()
    booking = earlier or Booking(date=date, code=_free_code(date))
    _write(booking, person)
    booking.state, booking.via, booking.booked_by = S.PENDING, via, by
    booking.save()
    mails.send_confirm(booking, has_room=has_place, by_name=person.setting.name if person.setting else "")
    return has_place


def _book_now(date: CourseDate, person: Person, *, by: Any, via: str) -> Booking:
    key = key_of_email(person.email)
    if key and date.bookings.filter(email_key=key, state__in=LIVE).exists():
        raise AlreadyDone(_("This address has a booking for the date already."))
    earlier = date.bookings.filter(email_key=key, state=S.PENDING).first() if key else None
    booking = earlier or Booking(date=date, code=_free_code(date))
    has_place = _has_place(date)
    if not has_place and not date.has_waiting_list:
        raise NoPlaceLeft
    _write(booking, person)
    booking.via, booking.booked_by = via, by
    _settle(booking, has_place=has_place)
    booking.save()
    audit.record(
        action="programme.book_for", actor=by, subject=date,
        facts={"booking": str(booking.pk), "setting": str(person.setting.pk) if person.setting else ""},
    )  # fmt: skip
    by_name = person.setting.name if person.setting else ""
    if has_place:
        mails.send_booked(booking, by_name=by_name)
    else:
        mails.send_waiting(booking, by_name=by_name)
    return booking


def _settle(booking: Booking, *, has_place: bool) -> None:
    booking.state = S.BOOKED if has_place else S.WAITING
    booking.confirmed_at = timezone.now()


def _write(booking: Booking, person: Person) -> None:
    booking.name, booking.email = person.name.strip(), person.email.strip()
    booking.organisation, booking.needs = person.organisation.strip(), person.needs.strip()
    booking.is_lead, booking.setting = person.is_lead, person.setting
    booking.language = person.language if person.language in dict(settings.LANGUAGES) else ""


def _free_code(date: CourseDate) -> str:
    taken = set(date.bookings.values_list("code", flat=True))
    code = new_code()
    while code in taken:
        code = new_code()
    return code


def _again(booking: Booking) -> Booking:
    return Booking.objects.select_for_update(of=("self",)).select_related("date__course").get(pk=booking.pk)
