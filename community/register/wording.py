"""Fields of the public document in words: what a path is called, what its value means, on which page it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .enums import (
    ContactRole,
    CostType,
    CostUnit,
    LegalForm,
    Mode,
    OfstedRegister,
    Places,
    Season,
    SettingType,
    Size,
    VenueKind,
    Weekday,
    Who,
)
from .lists import Kind, labels_of


@dataclass(frozen=True)
class Where:
    """The page of the owners' area that asks for a field. `part`: the uuid of an activity, venue or session."""

    page: str
    kind: str = ""
    part: str = ""


_PAGES = {
    "name": "name", "types": "name", "slug": "name", "summary": "words", "description": "words",
    "established": "more", "faith_tradition": "more", "size": "runs", "legal": "more", "ofsted": "ofsted",
    "languages": "languages", "send": "send", "contact": "contact", "notice": "notice",
}  # fmt: skip
_ACTIVITY_PAGES = {
    "basics": {"name", "age_min", "age_max", "who", "mode", "categories", "order"},
    "how": {"description", "season", "parents_can_stay", "ratio_adults", "ratio_children", "food"},
    "cost": {"cost_type", "cost_amount", "cost_unit"},
    "booking": {
        "places", "booking_how", "booking_url", "referral_needed", "cost_note", "concessions", "tax_free_childcare",
        "holiday_food_programme",
    },
}  # fmt: skip
_ACCESS_FIELDS = {"access", "access_text", "directions", "ward"}


def where_to_change(path: str) -> Where:
    """On which page an owner changes this field."""
    head, *rest = path.split(".")
    if head == "roles":
        return Where("", "safeguarding")
    if head not in {"activities", "venues", "sessions"}:
        return Where("runs" if path == "legal.form" else _PAGES.get(head, "name"))
    part, field = rest[0], rest[1] if len(rest) > 1 else ""
    if head == "activities":
        pages = [page for page, fields in _ACTIVITY_PAGES.items() if field in fields]
        return Where(pages[0] if pages else "basics", head, part)
    if head == "venues":
        return Where("access" if field in _ACCESS_FIELDS else "place", head, part)
    return Where("time", head, part)


def field_labels() -> dict[str, str]:
    """Name of a field of the document -> what it is called on a page."""
    return {
        "name": _("Name"), "slug": _("Address on the site"), "types": _("Kind of setting"), "summary": _("In one sentence"),
        "description": _("More about it"), "established": _("Began in"), "faith_tradition": _("Faith tradition"),
        "size": _("People"), "languages": _("Languages"), "roles": _("Safeguarding roles that parents are told of"),
        "legal.form": _("Run by"), "legal.name": _("Legal name"), "legal.charity_number": _("Charity number"),
        "legal.company_number": _("Company number"), "ofsted.register": _("Ofsted"), "ofsted.urn": _("Ofsted number"),
        "send.tags": _("SEND support"), "send.text": _("How it includes children with SEND"),
        "contact.email": _("E-mail"), "contact.phone": _("Phone"), "contact.website": _("Website"),
        "notice.text": _("Notice"), "notice.temporarily_closed": _("Shut for now"), "notice.reopens_on": _("Opens again on"),
        "age_min": _("Youngest age"), "age_max": _("Oldest age"), "who": _("For"), "season": _("When in the year"),
        "mode": _("How"), "parents_can_stay": _("Parents can stay"), "ratio_adults": _("Adults at a session"),
        "ratio_children": _("For how many children"), "cost_type": _("Cost"), "cost_amount": _("Price"),
        "cost_unit": _("Price is for"), "cost_note": _("More about cost"), "concessions": _("Lower prices"),
        "tax_free_childcare": _("Takes Tax-Free Childcare"), "holiday_food_programme": _("Holiday food programme"),
        "booking_how": _("How to get a place"), "booking_url": _("Where to book"), "referral_needed": _("Needs a referral"),
        "places": _("Free places"), "food": _("Food"), "categories": _("What children do"), "order": _("Order"),
        "kind": _("Kind of place"), "outward": _("District"), "easting": _("Place on the map"),
        "northing": _("Place on the map"), "access": _("Access"), "ward": _("Ward"), "address": _("Address"),
        "postcode": _("Postcode"), "access_text": _("More about access"), "directions": _("How to find it"),
        "activity": _("Activity"), "venue": _("Place"), "weekday": _("Day"), "starts": _("Starts"), "ends": _("Ends"),
        "valid_from": _("From"), "valid_to": _("Until"), "dates": _("Dates"),
    }  # fmt: skip


def label_of(path: str, document: Mapping[str, Any] | None = None) -> str:
    """What a field is called; of an activity, venue or session with its name in front, where the document knows it."""
    labels = field_labels()
    head, *rest = path.split(".")
    if head not in {"activities", "venues", "sessions"} or not rest:
        return labels.get(path, path)
    name = _part_name(head, rest[0], document or {})
    return f"{name}: {labels.get(rest[1], rest[1])}" if len(rest) > 1 else name


def _part_name(head: str, part: str, document: Mapping[str, Any]) -> str:
    kinds = {"activities": _("Activity"), "venues": _("Place"), "sessions": _("Session")}
    found = document.get(head, {}).get(part)
    if not found:
        return kinds[head]
    if head == "sessions":
        return f"{kinds[head]} “{session_words(found)}”"
    name = found.get("name") or dict(VenueKind.choices).get(found.get("kind"), "")
    return f"{kinds[head]} “{name}”"


def session_words(session: Mapping[str, Any]) -> str:
    """ "Monday 16:00 to 17:30", or the dates."""
    if session.get("weekday") is not None:
        day = str(Weekday(session["weekday"]).label)
    else:
        days = [date_format(date.fromisoformat(each), "j M Y") for each in session.get("dates", [])]
        day = ", ".join(days[:3]) + (" …" if len(days) > 3 else "")
    return f"{day} {session['starts']}–{session['ends']}"


_CHOICES: dict[str, type] = {
    "size": Size, "legal.form": LegalForm, "ofsted.register": OfstedRegister, "who": Who, "season": Season, "mode": Mode,
    "cost_type": CostType, "cost_unit": CostUnit, "places": Places, "kind": VenueKind,
}  # fmt: skip
_LISTS = {"languages": Kind.LANGUAGE, "send.tags": Kind.SEND, "categories": Kind.CATEGORY, "access": Kind.ACCESS}


def value_words(path: str, value: Any) -> str:
    """A value as people read it; "" for an empty one."""
    name = path.split(".", 2)[-1] if path.startswith(("activities.", "venues.", "sessions.")) else path
    if isinstance(value, dict):
        return str(value.get("name") or "") or (session_words(value) if "starts" in value else "")
    if name in _CHOICES:
        return str(dict(_CHOICES[name].choices).get(value, value or ""))  # type: ignore[attr-defined]
    if name in _LISTS:
        labels = labels_of(_LISTS[name])
        return ", ".join(labels.get(code, code) for code in value or [])
    if name == "types":
        return ", ".join(str(dict(SettingType.choices).get(code, code)) for code in value or [])
    if name == "roles":
        return ", ".join(str(dict(ContactRole.choices).get(code, code)) for code in value or [])
    if name == "weekday" and value is not None:
        return str(Weekday(value).label)
    if name in {"valid_from", "valid_to", "notice.reopens_on"} and value:
        return date_format(date.fromisoformat(value), "j F Y")
    if name == "dates":
        return ", ".join(date_format(date.fromisoformat(each), "j F Y") for each in value or [])
    if name == "cost_amount" and value is not None:
        return f"£{Decimal(value)}"
    return _simple(value)


def _simple(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)
