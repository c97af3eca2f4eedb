"""Putting right who somebody is and where they come from, and sending them their link once more."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from foundation.audit import services as audit

from ...register.models import Setting
from ..enums import BookingState, DateState
from ..errors import StepNotAllowed
from ..models import Booking
from . import mails
from .bookings import locked
from .counting import count_attendance, take_back_credits


@transaction.atomic
def say_where_from(*, booking: Booking, setting: Setting | None, is_lead: bool, by: Any) -> None:
    """An officer names the setting. What the attendance showed moves with it.

    Raises:
        ProgrammeError: the officer looks after the setting that loses it.
    """
    date = locked(booking.date)
    booking = (
        Booking.objects.select_for_update(of=("self",)).select_related("date__course", "setting").get(pk=booking.pk)
    )
    if (booking.setting_id, booking.is_lead) == (setting.pk if setting else None, is_lead):
        return
    take_back_credits(booking=booking, by=by)
    booking.setting, booking.is_lead = setting, is_lead and setting is not None
    booking.save(update_fields=["setting", "is_lead"])
    audit.record(
        action="programme.say_where_from", actor=by, subject=date,
        facts={"booking": str(booking.pk), "setting": str(setting.pk) if setting else ""},
    )  # fmt: skip
    if date.state == DateState.HELD and booking.state == BookingState.ATTENDED:
        count_attendance(booking=booking, by=by)


@transaction.atomic
def correct_name(*, booking: Booking, name: str, by: Any) -> None:
    """The name as it should stand on the certificate. The trail says that it was changed, not from what to what."""
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if booking.forgotten_at is not None or not name.strip() or booking.name == name.strip():
        return
    booking.name = name.strip()
    booking.save(update_fields=["name"])
    audit.record(action="programme.correct_name", actor=by, subject=booking.date, facts={"booking": str(booking.pk)})


@transaction.atomic
def send_link_again(*, booking: Booking, by: Any) -> None:
    """Somebody lost our mail: the one that fits where their booking stands goes out once more, with its link.

    Raises:
        StepNotAllowed: there is no address, or nothing that a link would lead to.
    """
    date = locked(booking.date)
    booking = Booking.objects.select_for_update(of=("self",)).select_related("date__course").get(pk=booking.pk)
    mail = AGAIN.get(BookingState(booking.state))
    is_thanked = booking.state != BookingState.ATTENDED or booking.thanked_at is not None
    if mail is None or not booking.email or not is_thanked or (date.is_over and booking.state != BookingState.ATTENDED):
        raise StepNotAllowed
    mail(booking)
    audit.record(action="programme.send_link_again", actor=by, subject=date, facts={"booking": str(booking.pk)})


AGAIN: dict[BookingState, Callable[[Booking], None]] = {
    BookingState.BOOKED: mails.send_booked,
    BookingState.WAITING: mails.send_waiting,
    BookingState.ATTENDED: mails.send_thanks,
}
"""Which mail holds the link. Whoever has not confirmed asks again on the page of the date: their words may be anybody's."""
