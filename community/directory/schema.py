"""A listing as schema.org data, for search engines: what the page shows, no more."""

from typing import Any

from ..register.enums import CostType, VenueKind
from .disclaimer import SHORT_DISCLAIMER

Document = dict[str, Any]
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def structured_data(document: Document, *, url: str) -> Document:
    """An Organization with its places and weekly events; nothing in it rates or recommends."""
    contact = document.get("contact", {})
    whole = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": document["name"],
        "description": document.get("summary", ""),
        "url": url,
        "sameAs": contact.get("website", ""),
        "telephone": contact.get("phone", ""),
        "email": contact.get("email", ""),
        "disambiguatingDescription": str(SHORT_DISCLAIMER),
        "location": [_place(venue) for venue in document.get("venues", {}).values() if venue.get("postcode")],
        "event": [event for session in document.get("sessions", {}).values() if (event := _event(session, document))],
    }
    return {key: value for key, value in whole.items() if value}


def _place(venue: Document) -> Document:
    return {
        "@type": "Place",
        "name": venue.get("name", ""),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(venue.get("address", [])),
            "postalCode": venue["postcode"],
            "addressCountry": "GB",
        },
    }


def _event(session: Document, document: Document) -> Document | None:
    activity = document.get("activities", {}).get(session["activity"])
    venue = document.get("venues", {}).get(session["venue"])
    if activity is None or venue is None or session.get("weekday") is None:
        return None
    schedule = {
        "@type": "Schedule",
        "repeatFrequency": "P1W",
        "byDay": f"https://schema.org/{_DAYS[session['weekday']]}",
        "startTime": session["starts"],
        "endTime": session["ends"],
        "scheduleTimezone": "Europe/London",
        "startDate": session.get("valid_from"),
        "endDate": session.get("valid_to"),
    }
    event: Document = {
        "@type": "Event",
        "name": activity["name"],
        "eventSchedule": {key: value for key, value in schedule.items() if value},
        "typicalAgeRange": f"{activity['age_min']}-{activity['age_max']}",
        "isAccessibleForFree": activity.get("cost_type") == CostType.FREE,
    }
    if venue.get("postcode"):
        event["location"] = _place(venue)
    elif venue["kind"] == VenueKind.HOME and venue.get("outward"):
        event["location"] = {"@type": "Place", "address": venue["outward"]}
    return event
