"""Links that we send: each holds a row's key and our signature, and no table holds a link.

Whoever has the link of a booking can look after that booking: it goes to one mailbox, and is never in a log or an address
that another site reads.
"""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from .enums import Stage
from .errors import LinkDoesNotWork
from .models import Booking, Course, CourseDate

_BOOKING, _HERE, _EVALUATE = (f"community.programme.{each}" for each in ("booking", "here", "evaluate"))


def booking_token(booking: Booking) -> str:
    """For the address of one booking."""
    return _sign(booking.pk.hex, _BOOKING)


def booking_of(token: str) -> Booking:
    """The booking of a link.

    Raises:
        LinkDoesNotWork: it is not ours, or the booking is gone.
    """
    key = _read(token, _BOOKING)
    try:
        found = Booking.objects.select_related("date__course__level", "setting").filter(pk=uuid.UUID(key)).first()
    except ValueError as error:
        raise LinkDoesNotWork from error
    if found is None or found.forgotten_at is not None:
        raise LinkDoesNotWork
    return found


def here_token(date: CourseDate) -> str:
    """For the QR code that hangs in the room."""
    return _sign(date.pk.hex, _HERE)


def date_here(token: str) -> CourseDate:
    """The date of a QR code.

    Raises:
        LinkDoesNotWork.
    """
    key = _read(token, _HERE)
    try:
        found = CourseDate.objects.select_related("course").filter(pk=uuid.UUID(key)).first()
    except ValueError as error:
        raise LinkDoesNotWork from error
    if found is None:
        raise LinkDoesNotWork
    return found


def evaluation_token(course: Course, stage: str) -> str:
    """One for everybody who came to the course: it names the course and nobody."""
    return _sign(f"{course.pk}.{stage}", _EVALUATE)


def course_to_evaluate(token: str) -> tuple[Course, Stage]:
    """The course and the stage of a link.

    Raises:
        LinkDoesNotWork.
    """
    number, _dot, stage = _read(token, _EVALUATE).partition(".")
    if stage not in Stage.values or not number.isdecimal():
        raise LinkDoesNotWork
    found = Course.objects.filter(pk=int(number)).first()
    if found is None:
        raise LinkDoesNotWork
    return found, Stage(stage)


def address(name: str, *args: object, language: str = "") -> str:
    """The whole address of a page, in this language (else the site's own), for a mail or a QR code."""
    with translation.override(language or settings.LANGUAGE_CODE):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(f"community:{name}", args=args)


def booking_url(booking: Booking) -> str:
    """The whole address of a booking's page, in the language in which it was booked."""
    return address("booking", booking_token(booking), language=booking.language)


def _sign(value: str, salt: str) -> str:
    return signing.Signer(salt=salt, sep="~").sign(value)


def _read(token: str, salt: str) -> str:
    try:
        return signing.Signer(salt=salt, sep="~").unsign(token)
    except signing.BadSignature as error:
        raise LinkDoesNotWork from error
