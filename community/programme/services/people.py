"""Putting right where somebody comes from."""

from typing import Any

from django.db import transaction

from foundation.audit import services as audit

from ...register.models import Setting
from ..enums import BookingState, DateState
from ..models import Booking
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
