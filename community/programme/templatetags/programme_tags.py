"""When and where a date is, and what a setting's people came to."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..calendar import place_of
from ..enums import DateState
from ..models import CourseDate
from ..selectors.training import Attended, credited_for, going_from, record_of
from ..when import When, when_of

register = template.Library()
FEW = 8


@register.simple_tag
def date_when(date: CourseDate) -> When:
    """Day and hours in London."""
    return when_of(date.starts_at, date.ends_at)


@register.simple_tag
def date_place(date: CourseDate, is_private: bool = False) -> str:
    """Where, in a line."""
    return place_of(date, is_private=is_private)


@register.simple_tag
def cost_of(course: Any) -> str:
    """“Free”, or pounds."""
    if course.is_free:
        return _("Free")
    pounds = f"{course.cost:.2f}".removesuffix(".00")
    return f"£{pounds}"


@register.filter
def paragraphs(text: str) -> list[dict[str, Any]]:
    """Plain text as paragraphs and lists: lines that begin with “- ” are a list."""
    from foundation.mail.html import blocks_of

    return [{"is_list": block.is_list, "lines": [line.text for line in block.lines]} for block in blocks_of(text)]


@register.simple_tag
def standard_items(course: Any) -> list[Any]:
    """The questions of the current standard that a course has to do with. One query where there are any."""
    from ...quality.models import ChecklistItem

    codes = course.items
    return list(ChecklistItem.objects.filter(standard__is_current=True, code__in=codes)) if codes else []


@register.simple_tag
def training_record(setting: Any) -> list[Attended]:
    """What the people of a setting came to."""
    return record_of(setting)


@register.simple_tag
def going_soon(setting: Any) -> list[Any]:
    """Who is going to what."""
    return going_from(setting)


@register.simple_tag
def training_for(setting: Any, code: str) -> list[Attended]:
    """What counts towards one item of the standard."""
    return credited_for(setting, code)


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """A QR code as a drawing in the page."""
    from ..qr import qr_drawing

    return mark_safe(qr_drawing(address))  # noqa: S308 - drawn by us, holds no text of anybody


@dataclass(frozen=True)
class Places:
    """How many are left, in words; `tone` is for the eye alone."""

    words: str
    tone: str
    left: int
    can_book: bool


@register.simple_tag
def places_of(date: CourseDate) -> Places:
    """What a reader wants to know: whether there is room. `date` carries `taken` (`with_counts`)."""
    left = max(date.capacity - getattr(date, "taken", 0), 0)
    if date.state == DateState.CANCELLED:
        return Places(_("Not taking place"), "off", left, can_book=False)
    if date.state == DateState.PLANNED:
        return Places(_("Booking opens later"), "later", left, can_book=False)
    if not date.is_bookable:
        return Places(_("Booking has closed"), "off", left, can_book=False)
    if left == 0:
        if date.has_waiting_list:
            return Places(_("Full: waiting list"), "full", 0, can_book=True)
        return Places(_("Full"), "off", 0, can_book=False)
    words = ngettext("%(left)d place left", "%(left)d places left", left) if left <= FEW else _("Places left")
    return Places(words % {"left": left} if left <= FEW else words, "free", left, can_book=True)
