"""What people get by mail about their booking. To the person who booked, and to nobody else, in the language of the page
that was used to book."""

import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from foundation.accounts.links.services import may_be_mailed
from foundation.mail.html import html_of
from foundation.mail.services import queue_mail
from foundation.mail.words import unlinked

from ...register.services.mails import partnership_name
from .. import links
from ..enums import BookingState, Stage
from ..models import Booking, CourseDate
from ..when import in_words


def when_in_words(date: CourseDate) -> str:
    """When it is, in one line."""
    return in_words(date.starts_at, date.ends_at)


def send_confirm(booking: Booking, *, has_room: bool, by_name: str = "") -> None:
    """The link that makes a booking of it. `by_name`: the setting that asked for it."""
    subject = _("Confirm your place: %(title)s") if has_room else _("Confirm your waiting place: %(title)s")
    _send(booking, subject, "confirm", is_asked_by_anybody=True, has_room=has_room, by_name=unlinked(by_name))


def send_has_one(booking: Booking) -> None:
    """Somebody booked again with an address that has a booking."""
    _send(booking, _("You have booked already: %(title)s"), "has_one", is_asked_by_anybody=True)


def send_booked(booking: Booking, *, moved_up: bool = False, by_name: str = "") -> None:
    """A place: everything that is needed on the day."""
    subject = _("A place is yours now: %(title)s") if moved_up else _("Your place: %(title)s")
    _send(booking, subject, "booked", is_asked_by_anybody=bool(by_name), moved_up=moved_up, by_name=unlinked(by_name))


def send_waiting(booking: Booking, *, by_name: str = "") -> None:
    """On the list."""
    subject = _("You are on the waiting list: %(title)s")
    _send(booking, subject, "waiting", is_asked_by_anybody=bool(by_name), by_name=unlinked(by_name))


def send_cancelled(booking: Booking, *, by_name: str = "", by_us: bool = False) -> None:
    """The place was given back: by the person, by a setting of this name, or by us."""
    subject = _("Your booking is cancelled: %(title)s")
    _send(booking, subject, "cancelled", by_name=unlinked(by_name), by_us=by_us)


def send_date_cancelled(booking: Booking) -> None:
    """It does not take place."""
    _send(booking, _("Not taking place: %(title)s"), "date_cancelled")


def send_moved(booking: Booking, *, before: CourseDate) -> None:
    """Another time or place. `before`: the date as it was."""
    _send(booking, _("New time or place: %(title)s"), "moved", before=before)


def send_reminder(booking: Booking) -> None:
    """Soon."""
    _send(booking, _("See you soon: %(title)s"), "reminder")


def send_thanks(booking: Booking) -> None:
    """Afterwards: the certificate, and the evaluation, whose link is the same for everybody."""
    _send(booking, _("Thank you for coming: %(title)s"), "thanks", stage=Stage.NOW)


def send_ask_later(booking: Booking) -> None:
    """Six weeks on."""
    _send(booking, _("Did it help? %(title)s"), "ask_later", stage=Stage.LATER)


def _send(
    booking: Booking, subject: str, template: str, *, is_asked_by_anybody: bool = False, **context: Any
) -> None:  # fmt: skip
    """`is_asked_by_anybody`: whoever knows an address can cause this mail, so a mailbox gets only some of them in an hour."""
    if not booking.email:
        return
    date, language = booking.date, booking.language or settings.LANGUAGE_CODE
    with translation.override(language):
        name = partnership_name()
        whole_subject = f"{name}: {gettext(subject) % {'title': date.course.title}}"
        written = render_to_string(
            f"email/programme/{template}.txt",
            {
                "partnership": name, "booking": booking, "name": unlinked(booking.name), "date": date, "course": date.course,
                "when": when_in_words(date), "link": links.booking_url(booking),
                "course_link": links.address("course", date.course.slug, language=language),
                "calendar_link": links.address("booking_calendar", links.booking_token(booking), language=language),
                "has_place": booking.state in {BookingState.BOOKED, BookingState.ATTENDED},
                **_spelt_out(context, date, language),
            },
        )  # fmt: skip
        # What a mail leaves out leaves its empty lines behind.
        text = re.sub(r"\n\s*\n", "\n\n", written).strip() + "\n"
        html = html_of(text, subject=whole_subject, language=language)
    to = booking.email
    if is_asked_by_anybody and not may_be_mailed(to, kind="programme"):
        to = ""  # costs the same, and is then forgotten
    queue_mail(to=to, subject=whole_subject, text=text, html=html)


def _spelt_out(context: dict[str, Any], date: CourseDate, language: str) -> dict[str, Any]:
    """What can be written only once the language is known: an earlier time, the link to the evaluation."""
    found = dict(context)
    if before := found.get("before"):
        found["before"] = when_in_words(before)
    if stage := found.pop("stage", None):
        token = links.evaluation_token(date.course, stage)
        found["evaluation_link"] = links.address("evaluate", token, language=language)
    return found
