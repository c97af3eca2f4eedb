"""Dates of a course as schema.org data, for search engines: what the page shows, no more."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from .calendar import place_of
from .enums import DateState, Mode
from .models import Course, CourseDate

_MODES = {
    Mode.PLACE: "OfflineEventAttendanceMode", Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.BOTH: "MixedEventAttendanceMode",
}  # fmt: skip


def structured_data(course: Course, dates: list[CourseDate], *, url: str, organiser: str) -> list[dict[str, Any]]:
    """An Event for each date to come."""
    return [_event(course, date, url=url, organiser=organiser) for date in dates]


def data_block(data: list[dict[str, Any]]) -> SafeString:
    """As a block that the browser never runs; nothing where there is no date."""
    if not data:
        return mark_safe("")
    # json_script escapes <, > and &, so that no text of an officer can end the element.
    block = json_script(data, encoder=DjangoJSONEncoder)
    return mark_safe(block.replace('type="application/json"', 'type="application/ld+json"', 1))  # noqa: S308 - escaped


def _event(course: Course, date: CourseDate, *, url: str, organiser: str) -> dict[str, Any]:
    status = "EventCancelled" if date.state == DateState.CANCELLED else "EventScheduled"
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": course.title,
        "description": course.summary,
        "url": url,
        "startDate": date.starts_at,
        "endDate": date.ends_at,
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{_MODES[Mode(date.mode)]}",
        "isAccessibleForFree": course.is_free,
        "organizer": {"@type": "Organization", "name": organiser},
    }
    if date.is_at_a_place:
        event["location"] = {"@type": "Place", "name": place_of(date), "address": place_of(date)}
    else:
        event["location"] = {"@type": "VirtualLocation", "url": url}
    if date.is_bookable:
        event["offers"] = {
            "@type": "Offer", "url": url, "price": f"{course.cost or 0:.2f}", "priceCurrency": "GBP",
            "availability": "https://schema.org/" + ("InStock" if _has_places(date) else "SoldOut"),
        }  # fmt: skip
    return event


def _has_places(date: CourseDate) -> bool:
    return date.capacity > getattr(date, "taken", 0)
