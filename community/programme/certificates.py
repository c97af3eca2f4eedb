"""Certificates: what one says, and how it becomes a file."""

from dataclasses import dataclass
from datetime import date as Day
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import links
from .models import Booking
from .selectors.training import certificate_end

FONTS = Path(__file__).with_name("fonts")
Line = tuple[str, str, float, float]
"""Words, typeface, size in points, and how far below the line before it."""
_PLUM, _INK = (0.29, 0.10, 0.55), (0.11, 0.07, 0.16)


class CannotDraw(Exception):
    """The name has letters that our typeface has not; the page in the browser can be printed."""


@dataclass(frozen=True)
class Certificate:
    """What a certificate says."""

    name: str
    title: str
    level: str
    day: Day
    hours: str
    until: Day | None
    number: str
    issuer: str
    check_url: str

    @property
    def letters(self) -> str:
        """The first letters of the name, for whoever checks a number."""
        return " ".join(f"{part[0]}." for part in self.name.split() if part)

    @property
    def holds(self) -> bool:
        """Whether it is still good."""
        return self.until is None or self.until >= timezone.localdate()

    @property
    def length(self) -> str:
        """How long it was, in words."""
        return _("1 hour") if self.hours == "1" else _("%(hours)s hours") % {"hours": self.hours}

    @property
    def spaced_number(self) -> str:
        """In two halves, to be read aloud."""
        return f"{self.number[:5]}-{self.number[5:]}"


def certificate_of(booking: Booking, *, issuer: str) -> Certificate:
    """The certificate of somebody who came. The booking must have a number."""
    course = booking.date.course
    length = booking.date.ends_at - booking.date.starts_at
    hours = f"{round(length.total_seconds() / 3600, 2):g}"
    return Certificate(
        name=booking.name, title=course.title, level=course.level.name if course.level else "",
        day=timezone.localdate(booking.date.starts_at), hours=hours, until=certificate_end(booking),
        number=booking.certificate_code or "", issuer=issuer, check_url=links.address("check_certificate"),
    )  # fmt: skip


def can_draw(words: Certificate) -> bool:
    """Whether every letter is in our typeface, so that no file has holes in somebody's name."""
    return _has_letters(f"{words.name}{words.title}{words.level}{words.issuer}")


def _has_letters(text: str) -> bool:
    known = _known_letters()
    return all(ord(char) in known for char in text)


def draw_pdf(words: Certificate) -> bytes:
    """One page, A4 on its side, in the language of the page where our typeface has its letters, else in the site's own.

    Raises:
        CannotDraw.
    """
    if not can_draw(words):
        raise CannotDraw
    said = _lines(words)
    if not _has_letters("".join(text for text, *_how in said)):
        with translation.override(settings.LANGUAGE_CODE):
            return _drawn(words, _lines(words))
    return _drawn(words, said)


def _drawn(words: Certificate, lines: list["Line"]) -> bytes:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    _register_fonts()
    stream = BytesIO()
    width, height = landscape(A4)
    page = Canvas(stream, pagesize=(width, height), lang=translation.get_language() or settings.LANGUAGE_CODE)
    page.setTitle(f"{_('Certificate')}: {words.title}")
    page.setAuthor(words.issuer)
    page.setStrokeColorRGB(*_PLUM)
    page.setLineWidth(6)
    page.roundRect(28, 28, width - 56, height - 56, 24)
    top = height - 40
    *upper, (note, font, size, _drop) = lines
    for text, face, points, drop in upper:
        top -= drop
        page.setFillColorRGB(*(_PLUM if face == "LexendBold" else _INK))
        _centred(page, text, face, points, width / 2, top, most=width - 120)
    page.setFillColorRGB(*_INK)
    _centred(page, note, font, size, width / 2, 58, most=width - 120)
    page.save()
    return stream.getvalue()


def _lines(words: Certificate) -> list["Line"]:
    """What stands on the sheet from top to bottom; the last line is its foot."""
    lines: list[Line] = [
        (words.issuer, "Lexend", 16, 70), (_("Certificate"), "LexendBold", 40, 70), (words.name, "LexendBold", 30, 80),
        (_("came to"), "Lexend", 15, 36), (words.title, "LexendBold", 22, 38),
        (", ".join(filter(None, [words.level, _day(words), words.length])), "Lexend", 15, 28),
    ]  # fmt: skip
    if words.until:
        lines.append((_("Good until %(day)s") % {"day": date_format(words.until, "j F Y")}, "Lexend", 15, 26))
    note = _("Number %(number)s. Check it at %(address)s")
    foot = note % {"number": words.spaced_number, "address": words.check_url}
    return [*lines, (foot, "Lexend", 11, 0)]


def _day(words: Certificate) -> str:
    return date_format(words.day, "j F Y")


def _centred(page: Any, text: str, font: str, size: float, middle: float, top: float, *, most: float) -> None:
    """A line in the middle, smaller where it would not fit."""
    while page.stringWidth(text, font, size) > most and size > 8:
        size -= 1
    page.setFont(font, size)
    page.drawCentredString(middle, top, text)


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("Lexend", "LexendBold"):
        registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


@lru_cache(maxsize=1)
def _known_letters() -> frozenset[int]:
    """Code points of the typeface; none where the library that draws is not installed, so that no link leads nowhere."""
    try:
        from reportlab.pdfbase.ttfonts import TTFontFile
    except ImportError:
        return frozenset()
    return frozenset(TTFontFile(str(FONTS / "Lexend.ttf")).charToGlyph)
