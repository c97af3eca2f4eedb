"""What a listing's page shows, put into words from the public document alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..register.enums import ContactRole, LegalForm, Mode, OfstedRegister, Places, Season, Size, VenueKind, Who
from . import facts
from .models import Listing
from .options import Options, options
from .schema import structured_data
from .statements import awards_on, by_area, checked_by_us, statements_on
from .timetable import Term, timetable

Document = dict[str, Any]
Row = dict[str, str]


def page_of(listing: Listing, *, now: datetime, terms: Sequence[Term], url: str) -> dict[str, Any]:
    """The context of the listing's template. `now` is aware; what holds is asked of the day in London."""
    document = listing.document
    today = timezone.localdate(now)
    lists = options()
    statements = statements_on(document, today)
    notice = document.get("notice", {})
    return {
        "document": document,
        "types": facts.types_in_words(document),
        "at_a_glance": _rows(
            (_("Days"), facts.days_of(document)),
            (_("Ages"), facts.ages_of(document)),
            (_("For"), facts.who_in_words(document)),
            (_("Cost"), facts.cost_of(document)),
            (_("Where"), facts.places_of(document.get("venues", {}).values())),
        ),
        "activities": [_activity(each, lists) for each in _in_order(document.get("activities", {}))],
        "days": timetable(document, now=now, terms=terms),
        "has_sessions": bool(document.get("sessions")),
        "venues": [_venue(each, lists) for each in document.get("venues", {}).values()],
        "send": _labels(lists, "send", document.get("send", {}).get("tags", [])),
        "languages": _labels(lists, "language", document.get("languages", [])),
        "about": _about(document),
        "statement_areas": by_area(statements),
        "statement_count": len(statements),
        "checked_count": checked_by_us(statements),
        "items_in_standard": document.get("items_in_standard", 0),
        "awards": awards_on(document, today),
        "roles": [facts.label_of(ContactRole, role) for role in document.get("roles", [])],
        "notice": notice,
        "is_shut": listing.is_shut_on(today),
        "reopens_on": _day(notice.get("reopens_on")),
        "confirmed_on": listing.confirmed_on,
        "structured_data": structured_data(document, url=url),
    }


def _in_order(children: dict[str, Document]) -> list[Document]:
    return sorted(children.values(), key=lambda each: (each.get("order", 0), each["name"]))


def _rows(*pairs: tuple[str, str | None]) -> list[Row]:
    """Those that have a value."""
    return [{"label": label, "value": value} for label, value in pairs if value]


def _labels(lists: Options, kind: str, codes: Sequence[str]) -> list[str]:
    return [lists.labels.get((kind, code), code) for code in codes]


def _activity(activity: Document, lists: Options) -> dict[str, Any]:
    places = activity.get("places", "")
    stay = activity.get("parents_can_stay")
    ratio = ""
    if activity.get("ratio_adults") and activity.get("ratio_children"):
        ratio = _("%(adults)d for %(children)d children") % {
            "adults": activity["ratio_adults"],
            "children": activity["ratio_children"],
        }
    return {
        "name": activity["name"],
        "description": activity.get("description", ""),
        "categories": _labels(lists, "category", activity.get("categories", [])),
        "booking_url": activity.get("booking_url", ""),
        "rows": _rows(
            (_("Ages"), facts.ages_in_words(activity["age_min"], activity["age_max"])),
            (_("For"), facts.label_of(Who, activity.get("who", ""))),
            (_("When in the year"), facts.label_of(Season, activity.get("season", ""))),
            (_("How"), facts.label_of(Mode, activity.get("mode", ""))),
            (_("Cost"), facts.cost_in_words(activity)),
            (_("More about cost"), activity.get("cost_note")),
            (_("Reductions"), activity.get("concessions")),
            (_("Help with cost"), _help_with_cost(activity)),
            (_("Parents can stay"), _("Ask them") if stay is None else _("Yes") if stay else _("No")),
            (_("Adults"), ratio),
            (_("Food"), activity.get("food")),
            (_("Places"), facts.label_of(Places, places) if places else ""),
            (_("How to book"), activity.get("booking_how")),
            (_("Referral"), _("Somebody has to refer your child") if activity.get("referral_needed") else ""),
        ),
    }


def _help_with_cost(activity: Document) -> str:
    parts = []
    if activity.get("tax_free_childcare"):
        parts.append(_("takes Tax-Free Childcare"))
    if activity.get("holiday_food_programme"):
        parts.append(_("part of the holiday activities and food programme"))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _venue(venue: Document, lists: Options) -> dict[str, Any]:
    is_home = venue["kind"] == VenueKind.HOME
    return {
        "name": facts.place_in_words(venue) if is_home or not venue.get("name") else venue["name"],
        "kind": facts.label_of(VenueKind, venue["kind"]),
        "lines": [*venue.get("address", []), venue.get("postcode", "")] if venue.get("postcode") else [],
        "is_home": is_home,
        "ward": venue.get("ward", ""),
        "access": _labels(lists, "access", venue.get("access", [])),
        "access_text": venue.get("access_text", ""),
        "directions": venue.get("directions", ""),
    }


def _about(document: Document) -> list[Row]:
    legal, ofsted = document.get("legal", {}), document.get("ofsted", {})
    established = document.get("established")
    return _rows(
        (_("Kind of organisation"), facts.label_of(LegalForm, legal.get("form", ""))),
        (_("Legal name"), legal.get("name")),
        (_("Charity number"), legal.get("charity_number")),
        (_("Company number"), legal.get("company_number")),
        (_("Ofsted"), facts.label_of(OfstedRegister, ofsted.get("register", ""))),
        (_("Ofsted number (URN)"), ofsted.get("urn")),
        (_("People who run it"), facts.label_of(Size, document.get("size", ""))),
        (_("Since"), str(established) if established else ""),
        (_("Faith tradition"), document.get("faith_tradition")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
