"""What people get by mail about their booking. To the person who booked, and to nobody else."""

import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.accounts.links.services import may_be_mailed
from foundation.mail.html import html_of
from foundation.mail.services import queue_mail

from ...register.services.mails import partnership_name
from .. import links
from ..enums import BookingState, Stage
from ..models import Booking, CourseDate
from ..when import in_words


def when_in_words(date: CourseDate) -> str:
    """When it is, in one line."""
    return in_words(date.starts_at, date.ends_at)


def send_confirm(booking: Booking, *, is_held: bool) -> None:
    """The link that makes a booking of it."""
    subject = _("Confirm your place: %(title)s") if is_held else _("Confirm your waiting place: %(title)s")
    _send(booking, subject, "confirm", is_asked_by_anybody=True, is_held=is_held)


def send_has_one(booking: Booking) -> None:
    """Somebody booked again with an address that has a booking."""
    _send(booking, _("You have booked already: %(title)s"), "has_one", is_asked_by_anybody=True)


def send_booked(booking: Booking, *, moved_up: bool = False, by_name: str = "") -> None:
    """A place: everything that is needed on the day."""
    subject = _("A place is yours now: %(title)s") if moved_up else _("Your place: %(title)s")
    _send(booking, subject, "booked", is_asked_by_anybody=bool(by_name), moved_up=moved_up, by_name=by_name)


def send_waiting(booking: Booking, *, was_held: bool = False, by_name: str = "") -> None:
    """On the list."""
    _send(
        booking, _("You are on the waiting list: %(title)s"), "waiting", is_asked_by_anybody=bool(by_name),
        was_held=was_held, by_name=by_name,
    )  # fmt: skip


def send_cancelled(booking: Booking) -> None:
    """The person gave the place back."""
    _send(booking, _("Your booking is cancelled: %(title)s"), "cancelled")


def send_date_cancelled(booking: Booking) -> None:
    """It does not take place."""
    _send(booking, _("Not taking place: %(title)s"), "date_cancelled")


def send_moved(booking: Booking, *, before: str) -> None:
    """Another time or place."""
    _send(booking, _("New time or place: %(title)s"), "moved", before=before)


def send_reminder(booking: Booking) -> None:
    """Soon."""
    _send(booking, _("See you soon: %(title)s"), "reminder")


def send_thanks(booking: Booking) -> None:
    """Afterwards: the certificate, and the evaluation, whose link is the same for everybody."""
    link = links.address("evaluate", links.evaluation_token(booking.date.course, Stage.NOW))
    _send(booking, _("Thank you for coming: %(title)s"), "thanks", evaluation_link=link)


def send_ask_later(booking: Booking) -> None:
    """Six weeks on."""
    link = links.address("evaluate", links.evaluation_token(booking.date.course, Stage.LATER))
    _send(booking, _("Did it help? %(title)s"), "ask_later", evaluation_link=link)


def _send(
    booking: Booking, subject: str, template: str, *, is_asked_by_anybody: bool = False, **context: Any
) -> None:  # fmt: skip
    """`is_asked_by_anybody`: whoever knows an address can cause this mail, so a mailbox gets only some of them in an hour."""
    if not booking.email:
        return
    date = booking.date
    with translation.override(settings.LANGUAGE_CODE):
        name = partnership_name()
        whole_subject = f"{name}: {subject % {'title': date.course.title}}"
        written = render_to_string(
            f"email/programme/{template}.txt",
            {
                "partnership": name, "booking": booking, "date": date, "course": date.course,
                "when": when_in_words(date), "link": links.booking_url(booking),
                "course_link": links.address("course", date.course.slug),
                "has_place": booking.state in {BookingState.BOOKED, BookingState.ATTENDED}, **context,
            },
        )  # fmt: skip
        # What a mail leaves out leaves its empty lines behind.
        text = re.sub(r"\n\s*\n", "\n\n", written).strip() + "\n"
        html = html_of(text, subject=whole_subject, language=settings.LANGUAGE_CODE)
    to = booking.email
    if is_asked_by_anybody and not may_be_mailed(to, kind="programme"):
        to = ""  # costs the same, and is then forgotten
    queue_mail(to=to, subject=whole_subject, text=text, html=html)
