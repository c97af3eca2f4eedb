"""The public document of a setting: what may be published, field by field.

This is the one place where a working record becomes public words. It names every public field; what it does not name
cannot be published. Paths look like `name`, `contact.email` or `activities.<uuid>.name`; children are dicts keyed by
uuid, so that a path always means the same thing.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from .enums import VenueKind
from .models import Activity, Session, Setting, Venue
from .places import middle_of_district, public_place

DOCUMENT_VERSION = 1
CHILDREN = ("activities", "venues", "sessions")
Document = dict[str, Any]


def build_document(setting: Setting) -> Document:
    """The owner's part of the public document, from the working rows. Reads the setting and its children: 4 queries."""
    return {
        "version": DOCUMENT_VERSION,
        "id": str(setting.pk),
        "slug": setting.slug,
        "name": setting.name,
        "types": sorted(setting.types),
        "summary": setting.summary,
        "description": setting.description,
        "established": setting.established,
        "faith_tradition": setting.faith_tradition,
        "size": setting.size.value if setting.size else "",
        "legal": {
            "form": setting.legal_form,
            "name": setting.legal_name,
            "charity_number": setting.charity_number,
            "company_number": setting.company_number,
        },
        "ofsted": {"register": setting.ofsted_register, "urn": setting.ofsted_urn},
        "languages": sorted(setting.languages),
        "send": {"tags": sorted(setting.send_tags), "text": setting.send_text},
        "contact": {
            "email": setting.public_email,
            "phone": setting.public_phone,
            "website": setting.website,
        },
        "notice": {
            "text": setting.notice,
            "temporarily_closed": setting.temporarily_closed,
            "reopens_on": _plain(setting.reopens_on),
        },
        "roles": sorted(setting.safeguarding_contacts.filter(show_role_publicly=True).values_list("role", flat=True)),
        "venues": {str(venue.pk): _venue(venue) for venue in setting.venues.select_related("ward")},
        "activities": {str(activity.pk): _activity(activity) for activity in setting.activities.all()},
        "sessions": {
            str(session.pk): _session(session) for session in Session.objects.filter(activity__setting=setting)
        },
    }


def _venue(venue: Venue) -> Document:
    """A venue in public: everything of a hall, of a home its district alone."""
    place = public_place(venue)
    public: Document = {
        "kind": venue.kind,
        "outward": place.outward,
        "easting": place.easting,
        "northing": place.northing,
        "access": sorted(venue.access_tags),
        "ward": "",
        "name": "",
        "address": [],
        "postcode": "",
        "access_text": "",
        "directions": "",
    }
    if venue.kind in {VenueKind.HOME, VenueKind.ONLINE}:
        return public
    return {
        **public,
        "ward": venue.ward.name if venue.ward else "",
        "name": venue.name,
        "address": [line.strip() for line in venue.address_lines.splitlines() if line.strip()],
        "postcode": venue.postcode,
        "access_text": venue.access_text,
        "directions": venue.directions,
    }


def with_private_places(document: Document) -> Document:
    """The document with nothing of a home but its district, whatever was accepted of its parts one by one. A query for each home.

    A place that becomes a home, or was one, is a change of several fields; half of it accepted must not put an address
    before the public. What `_venue` makes passes through as it is.
    """
    venues = {key: _kept_private(venue) for key, venue in document.get("venues", {}).items()}
    return {**document, "venues": venues}


def _kept_private(venue: Document) -> Document:
    if venue.get("kind") not in {VenueKind.HOME, VenueKind.ONLINE}:
        return venue
    bare = {"ward": "", "name": "", "address": [], "postcode": "", "access_text": "", "directions": ""}
    if venue["kind"] == VenueKind.ONLINE:
        return {**venue, **bare, "outward": "", "easting": None, "northing": None}
    # Not its own position, made coarse: that would tell in which part of the district it is.
    east, north = middle_of_district(venue.get("outward", "")) or (None, None)
    return {**venue, **bare, "easting": east, "northing": north}


_ACTIVITY_FIELDS = (
    "name", "description", "age_min", "age_max", "who", "season", "mode", "parents_can_stay", "ratio_adults",
    "ratio_children", "cost_type", "cost_amount", "cost_unit", "cost_note", "concessions", "tax_free_childcare",
    "holiday_food_programme", "booking_how", "booking_url", "referral_needed", "places", "food", "order",
)  # fmt: skip


def _activity(activity: Activity) -> Document:
    public = {name: _plain(getattr(activity, name)) for name in _ACTIVITY_FIELDS}
    return {**public, "categories": sorted(activity.categories)}


def _session(session: Session) -> Document:
    return {
        "activity": str(session.activity_id),
        "venue": str(session.venue_id),
        "weekday": session.weekday,
        "starts": _plain(session.starts),
        "ends": _plain(session.ends),
        "season": session.season,
        "valid_from": _plain(session.valid_from),
        "valid_to": _plain(session.valid_to),
        "dates": sorted(session.dates),
    }


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.quantize(Decimal("0.01")))
    return value


@dataclass(frozen=True)
class Change:
    """One changed field: `old` or `new` is None where a child was added or removed."""

    path: str
    old: Any
    new: Any

    @property
    def is_addition(self) -> bool:
        return is_child(self.path) and self.old is None

    @property
    def is_removal(self) -> bool:
        return is_child(self.path) and self.new is None


def blank_document() -> Document:
    """A document that says nothing: what a first listing is compared with, so that only what was told stands out."""
    return {
        "types": [], "summary": "", "description": "", "established": None, "faith_tradition": "", "size": "",
        "legal": {"form": "", "name": "", "charity_number": "", "company_number": ""},
        "ofsted": {"register": "", "urn": ""},
        "languages": [],
        "send": {"tags": [], "text": ""},
        "contact": {"email": "", "phone": "", "website": ""},
        "notice": {"text": "", "temporarily_closed": False, "reopens_on": None},
        "roles": [], "venues": {}, "activities": {}, "sessions": {},
    }  # fmt: skip


def is_child(path: str) -> bool:
    """Whether a path names a whole activity, venue or session."""
    head, _, rest = path.partition(".")
    return head in CHILDREN and bool(rest) and "." not in rest


_FOLLOW = ("outward", "easting", "northing")
"""Of a place: what nobody types, for it follows from the postcode. So does a first address on the site from the name."""


def leader_of(path: str, paths: Container[str]) -> str | None:
    """The changed field from which this one follows, so that nobody decides on it by itself; None where it leads."""
    if path == "slug":
        return "name" if "name" in paths else None
    stem, _, name = path.rpartition(".")
    if not stem.startswith("venues.") or name not in _FOLLOW:
        return None
    # Of a home the district is all that shows of its postcode.
    leads = ("postcode",) if name == "outward" else ("postcode", "outward")
    return next((f"{stem}.{lead}" for lead in leads if f"{stem}.{lead}" in paths), None)


def apart_from_followers(changes: Iterable[Change]) -> list[Change]:
    """The changes that a person reads and decides on."""
    changes = list(changes)
    paths = {change.path for change in changes}
    return [change for change in changes if leader_of(change.path, paths) is None]


OWNER_PARTS = (
    "slug", "name", "types", "summary", "description", "established", "faith_tradition", "size", "legal", "ofsted",
    "languages", "send", "contact", "notice", "roles", *CHILDREN,
)  # fmt: skip


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs in the owner's part, in the order of the paths. A new or removed child is one change."""
    changes: list[Change] = []
    for part in OWNER_PARTS:
        changes.extend(_changes_in(part, old.get(part), new.get(part)))
    return sorted(changes, key=lambda change: change.path)


def _changes_in(path: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if path in CHILDREN or (isinstance(old, dict) and isinstance(new, dict)):
        old, new = old or {}, new or {}
        for key in {**old, **new}:
            yield from _changes_in(f"{path}.{key}", old.get(key), new.get(key))
    else:
        yield Change(path, old, new)


def apply_changes(document: Document, changes: list[Change]) -> Document:
    """A copy of the document with these changes made. Sessions without their activity or venue are left out."""
    result = deepcopy(document)
    for change in changes:
        *heads, last = change.path.split(".")
        target = result
        for head in heads:
            target = target.setdefault(head, {})
        if change.new is None and is_child(change.path):
            target.pop(last, None)
        else:
            target[last] = deepcopy(change.new)
    return _without_loose_sessions(result)


def _without_loose_sessions(document: Document) -> Document:
    activities, venues = document.get("activities", {}), document.get("venues", {})
    document["sessions"] = {
        key: session
        for key, session in document.get("sessions", {}).items()
        if session["activity"] in activities and session["venue"] in venues
    }
    return document
