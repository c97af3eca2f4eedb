"""Listings as Open Referral UK 3.0 tells them. Everything comes from the public document of a listing.

A listed setting is one service of one organisation (itself). A home has no `addresses` and no point on the map: the
standard wants a whole address or none, and of a home only the district is public.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..directory import facts
from ..directory.disclaimer import DISCLAIMER
from ..directory.models import Listing
from ..directory.statements import HeldAward, awards_on, statements_on
from ..register.enums import SettingType, VenueKind
from .ids import derived
from .schedules import schedules_of
from .taxonomies import Taxonomies, terms_of

Document = dict[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """What all documents of one answer share.

    `listing_url`: the address of a listing's page, with `{slug}` in it. `area`: the partnership's area, the town of an
    address that does not name one. `assurer_email`: the partnership's shared mailbox.
    """

    today: date
    listing_url: str
    area: str
    assurer_email: str
    taxonomies: Taxonomies
    points: dict[str, tuple[float, float]]
    """postcode -> (latitude, longitude) of the places of this answer."""


def brief_service(listing: Listing, around: Surroundings) -> Document:
    """A service as lists show it: what there is once, and its organisation."""
    document = listing.document
    activities = list(document.get("activities", {}).values())
    contact, notice = document.get("contact", {}), document.get("notice", {})
    return _without_empty(
        {
            "id": str(listing.pk),
            "organization_id": str(_organization_id(listing)),
            "name": document["name"],
            "description": document.get("description") or document.get("summary", ""),
            "url": contact.get("website", ""),
            "email": contact.get("email", ""),
            "status": "temporarily closed" if listing.is_shut_on(around.today) else "active",
            "fees": facts.cost_of(document),
            "accreditations": "; ".join(_award_words(award) for award in awards_on(document, around.today)),
            "minimum_age": min((each["age_min"] for each in activities), default=None),
            "maximum_age": max((each["age_max"] for each in activities), default=None),
            "assured_date": listing.confirmed_on.isoformat() if listing.confirmed_on else "",
            "assurer_email": around.assurer_email,
            "alert": notice.get("text", ""),
            "last_modified": listing.changed_at.isoformat(timespec="seconds"),
            "organization": _organization(listing),
            "x_listing_url": around.listing_url.replace("{slug}", listing.slug),
            "x_disclaimer": str(DISCLAIMER),
        }
    )


def full_service(listing: Listing, around: Surroundings, *, with_places: bool = True) -> Document:
    """A service with all that belongs to it."""
    document = listing.document
    whole = brief_service(listing, around)
    whole["organization"] = {**whole["organization"], **_identifiers(listing)}
    whole["schedules"] = schedules_of(document)
    if with_places:
        whole["service_at_locations"] = [
            {**_joint(listing, venue), "location": full_location(venue, document["venues"][venue], around)}
            for venue in document.get("venues", {})
        ]
    whole["languages"] = [_language(listing, code, around) for code in document.get("languages", [])]
    whole["cost_options"] = [_cost(listing, *pair) for pair in document.get("activities", {}).items()]
    whole["contacts"] = _contacts(listing)
    whole["attributes"] = [
        {
            "id": str(derived("attribute", listing.pk, term.id)),
            "link_id": str(listing.pk),
            "link_type": "service",
            "taxonomy_term_id": str(term.id),
            "taxonomy_term": term.as_document(),
        }
        for term in terms_of(document, around.taxonomies, today=around.today.isoformat())
    ]
    whole["x_activities"] = [{"id": key, **each} for key, each in document.get("activities", {}).items()]
    whole["x_statements"] = [
        _without_empty(
            {
                "item": each.code,
                "statement": each.text,
                "how_known": each.level,
                "how_known_in_words": each.how_known,
                "checked_on": each.checked_on.isoformat(),
                "good_until": each.expires_on.isoformat() if each.expires_on else "",
            }
        )
        for each in statements_on(document, around.today)
    ]
    return whole


def brief_service_at_location(listing: Listing, venue: str, around: Surroundings) -> Document:
    """A service at one of its places, as lists show it."""
    place = listing.document["venues"][venue]
    return {
        **_joint(listing, venue),
        "location": brief_location(venue, place, around),
        "service": brief_service(listing, around),
    }


def full_service_at_location(listing: Listing, venue: str, around: Surroundings) -> Document:
    """A service at one of its places, with all that belongs to both."""
    return {
        **_joint(listing, venue),
        "location": full_location(venue, listing.document["venues"][venue], around),
        "service": full_service(listing, around, with_places=False),
        "schedules": schedules_of(listing.document, venue=venue),
    }


def brief_location(venue: str, place: Document, around: Surroundings) -> Document:
    """A place without what it has many of. A home is its district, and nowhere nearer."""
    is_open = place["kind"] not in {VenueKind.HOME, VenueKind.ONLINE}
    point = around.points.get(place.get("postcode", "")) if is_open else None
    return _without_empty(
        {
            "id": venue,
            "location_type": "virtual" if place["kind"] == VenueKind.ONLINE else "physical",
            "name": (place.get("name", "") if is_open else "") or facts.place_in_words(place),
            "description": place.get("directions", "") if is_open else "",
            "latitude": point[0] if point else None,
            "longitude": point[1] if point else None,
            "x_district": place.get("outward", ""),
            "x_ward": place.get("ward", ""),
        }
    )


def full_location(venue: str, place: Document, around: Surroundings) -> Document:
    """A place with its address, unless it is somebody's home, and with what makes it easier to get into."""
    whole = brief_location(venue, place, around)
    if place["kind"] not in {VenueKind.HOME, VenueKind.ONLINE} and place.get("postcode"):
        whole["addresses"] = [_address(venue, place, around)]
    terms = [around.taxonomies.term("access", code) for code in place.get("access", [])]
    whole["accessibility"] = [
        {"id": str(derived("accessibility", venue, term.code)), "location_id": venue, "description": term.name}
        for term in terms
    ]
    if place.get("access_text"):
        whole["accessibility"].append(
            {"id": str(derived("accessibility", venue, "text")), "location_id": venue, "details": place["access_text"]}
        )
    return whole


def _address(venue: str, place: Document, around: Surroundings) -> Document:
    lines = place.get("address") or [place.get("name") or place["postcode"]]
    return {
        "id": str(derived("address", venue)),
        "location_id": venue,
        "address_1": ", ".join(lines[:-1]) if len(lines) > 1 else lines[0],
        "city": lines[-1] if len(lines) > 1 else around.area,
        "state_province": around.area,
        "postal_code": place["postcode"],
        "country": "GB",
        "address_type": "physical",
    }


def _joint(listing: Listing, venue: str) -> Document:
    return {
        "id": str(derived("service_at_location", venue)),
        "service_id": str(listing.pk),
        "location_id": venue,
    }


def _organization_id(listing: Listing) -> Any:
    return derived("organization", listing.pk)


def _organization(listing: Listing) -> Document:
    document = listing.document
    kinds = ", ".join(facts.label_of(SettingType, kind) for kind in document.get("types", []))
    return _without_empty(
        {
            "id": str(_organization_id(listing)),
            "name": document.get("legal", {}).get("name") or document["name"],
            "description": document.get("summary") or kinds or document["name"],
            "email": document.get("contact", {}).get("email", ""),
            "website": document.get("contact", {}).get("website", ""),
        }
    )


def _identifiers(listing: Listing) -> Document:
    document = listing.document
    legal, ofsted = document.get("legal", {}), document.get("ofsted", {})
    known = (
        ("GB-CHC", legal.get("charity_number")),
        ("GB-COH", legal.get("company_number")),
        ("Ofsted URN", ofsted.get("urn")),
    )
    found = [
        {
            "id": str(derived("identifier", listing.pk, kind)),
            "organization_id": str(_organization_id(listing)),
            "identifier_type": kind,
            "identifier": number,
        }
        for kind, number in known
        if number
    ]
    return {"organization_identifiers": found} if found else {}


def _language(listing: Listing, code: str, around: Surroundings) -> Document:
    return {
        "id": str(derived("language", listing.pk, code)),
        "service_id": str(listing.pk),
        "name": around.taxonomies.term("language", code).name,
        "code": code,
    }


def _cost(listing: Listing, key: str, activity: Document) -> Document:
    amount = activity.get("cost_amount")
    is_free = activity.get("cost_type") == "free"
    return _without_empty(
        {
            "id": str(derived("cost", key)),
            "service_id": str(listing.pk),
            "option": activity["name"],
            "amount": 0 if is_free else float(Decimal(amount)) if amount else None,
            "amount_description": "; ".join(
                filter(None, (facts.cost_in_words(activity), activity.get("cost_note"), activity.get("concessions")))
            ),
        }
    )


def _contacts(listing: Listing) -> list[Document]:
    """How parents reach the setting: its public phone and e-mail, never a person's name."""
    contact = listing.document.get("contact", {})
    if not contact.get("phone") and not contact.get("email"):
        return []
    whole: Document = {"id": str(derived("contact", listing.pk)), "service_id": str(listing.pk), "name": listing.name}
    if contact.get("phone"):
        whole["phones"] = [{"id": str(derived("phone", listing.pk)), "number": contact["phone"]}]
    return [_without_empty({**whole, "email": contact.get("email", "")})]


def _award_words(award: HeldAward) -> str:
    level = f", {award.level}" if award.level else ""
    until = f", until {award.expires_on:%d/%m/%Y}" if award.expires_on else ""
    return f"{award.name}{level} ({award.issuer}{until})"


def _without_empty(document: Document) -> Document:
    return {key: value for key, value in document.items() if value is not None and value != ""}
