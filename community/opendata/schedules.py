"""When it happens: sessions of the public document as schedules."""

from datetime import date
from typing import Any

from ..register.enums import Season, VenueKind
from .ids import derived

Document = dict[str, Any]
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def schedules_of(document: Document, *, venue: str | None = None) -> list[Document]:
    """One schedule for each weekly session, and one for each single date. `venue`: only what happens there."""
    found: list[Document] = []
    for key, session in sorted(document.get("sessions", {}).items()):
        activity = document.get("activities", {}).get(session["activity"])
        place = document.get("venues", {}).get(session["venue"])
        if activity is None or place is None or (venue is not None and session["venue"] != venue):
            continue
        common = {
            "service_id": document["id"],
            "service_at_location_id": str(derived("service_at_location", session["venue"])),
            "opens_at": session["starts"],
            "closes_at": session["ends"],
            "description": f"{activity['name']}: {Season(session['season']).label}",
            "attending_type": "online" if place["kind"] == VenueKind.ONLINE else "at the place",
            "x_activity_id": session["activity"],
            "x_season": session["season"],
        }
        if session.get("weekday") is None:
            found += [
                {"id": str(derived("date", key, day)), **common, **_once(day)} for day in session.get("dates", [])
            ]
        else:
            found.append({"id": key, **common, **_weekly(session)})
    return found


def _weekly(session: Document) -> Document:
    days = {"valid_from": session.get("valid_from"), "valid_to": session.get("valid_to")}
    return {"freq": "WEEKLY", "interval": 1, "byday": _DAYS[session["weekday"]], **{k: v for k, v in days.items() if v}}


def _once(day: str) -> Document:
    return {"dtstart": day, "valid_from": day, "valid_to": day, "byday": _DAYS[date.fromisoformat(day).weekday()]}


def day_number(code: str) -> int | None:
    """ "WE" or "Wednesday" -> 2; None where it is no day."""
    start = code.strip().upper()[:2]
    whole = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
    text = code.strip().upper()
    if text in _DAYS or text in whole or text in {day[:3] for day in whole}:
        return _DAYS.index(start)
    return None
