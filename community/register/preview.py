""" "What parents will see": the public document of the working copy, in words, section by section."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .document import Document, build_document
from .enums import CostType, CostUnit, VenueKind, Who
from .models import Setting
from .wording import label_of, session_words, value_words

Row = dict[str, str]


@dataclass(frozen=True)
class Card:
    """One block of the preview."""

    title: str
    rows: list[Row] = field(default_factory=list)
    text: str = ""


def preview(setting: Setting, section: str) -> list[Card]:
    """The cards of one section, from `build_document`: nothing that it leaves out can show here."""
    document = build_document(setting)
    cards = {
        "about": _about,
        "activities": _activities,
        "venues": _venues,
        "sessions": _sessions,
        "costs": _costs,
        "access": _access,
        "contacts": _contacts,
        "safeguarding": _safeguarding,
        "notice": _notice,
    }
    found: list[Card] = cards[section](document)
    return [card for card in found if card.rows or card.text or section == "about"]


def whole_preview(setting: Setting) -> list[Card]:
    """Everything that parents will see, for the last look before sending."""
    return cards_of(build_document(setting))


def cards_of(document: Document) -> list[Card]:
    """A whole public document, a published one too, in words."""
    parts = (_about, _activities_with_booking, _venues, _sessions, _languages, _contacts, _safeguarding)
    return [card for part in parts for card in part({**EMPTY, **document}) if card.rows or card.text]


EMPTY: Document = {
    "name": "", "summary": "", "activities": {}, "venues": {}, "sessions": {}, "roles": [], "send": {"tags": [], "text": ""},
}  # fmt: skip


def _rows(document: Document, paths: Iterable[str], prefix: str = "") -> list[Row]:
    rows = []
    for path in paths:
        value: Any = document
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        words = value_words(f"{prefix}{path}", value)
        if words:
            rows.append({"label": label_of(path), "value": words})
    return rows


def _about(document: Document) -> list[Card]:
    paths = (
        "types", "description", "legal.form", "legal.name", "legal.charity_number", "legal.company_number", "size",
        "established", "faith_tradition", "ofsted.register", "ofsted.urn",
    )  # fmt: skip
    return [Card(document["name"], _rows(document, paths), document["summary"])]


def _activities(document: Document) -> list[Card]:
    cards = []
    for activity in document["activities"].values():
        ages = _("%(young)d to %(old)d") % {"young": activity["age_min"], "old": activity["age_max"]}
        rows = [{"label": _("Ages"), "value": ages}]
        if activity["who"] != Who.ALL:
            rows += _rows(activity, ["who"])
        rows += _rows(activity, ["categories", "season", "mode", "parents_can_stay"])
        if activity["ratio_adults"] and activity["ratio_children"]:
            words = _("%(adults)d for %(children)d children") % {
                "adults": activity["ratio_adults"], "children": activity["ratio_children"],
            }  # fmt: skip
            rows.append({"label": _("Adults"), "value": words})
        rows += [{"label": _("Cost"), "value": cost_words(activity)}] if activity["cost_type"] else []
        rows += _rows(activity, ["food"])
        cards.append(Card(activity["name"], rows, activity["description"]))
    return cards


def cost_words(activity: Document) -> str:
    """ "£4.50 a session", "Free", "By donation"."""
    if activity["cost_type"] == CostType.FREE:
        return str(CostType.FREE.label)
    unit = dict(CostUnit.choices).get(activity["cost_unit"], "")
    price = f"£{Decimal(activity['cost_amount'])} {unit}".strip() if activity["cost_amount"] else ""
    if activity["cost_type"] == CostType.DONATION:
        return f"{CostType.DONATION.label}, {price}" if price else str(CostType.DONATION.label)
    return price


_MORE_ABOUT_COST = (
    "cost_note", "concessions", "tax_free_childcare", "holiday_food_programme", "places", "booking_how", "booking_url",
    "referral_needed",
)  # fmt: skip


def _activities_with_booking(document: Document) -> list[Card]:
    """One card an activity: a second one of the same name would look as if it were there twice."""
    pairs = zip(_activities(document), document["activities"].values(), strict=True)
    return [Card(card.title, card.rows + _booking_rows(activity), card.text) for card, activity in pairs]


def _booking_rows(activity: Document) -> list[Row]:
    return [row for row in _rows(activity, _MORE_ABOUT_COST) if row["value"] != _("No")]


def _costs(document: Document) -> list[Card]:
    cards = []
    for activity in document["activities"].values():
        cost = [{"label": _("Cost"), "value": cost_words(activity)}] if activity["cost_type"] else []
        cards.append(Card(activity["name"], cost + _booking_rows(activity)))
    return cards


def _venues(document: Document) -> list[Card]:
    cards = []
    for venue in document["venues"].values():
        kind = str(dict(VenueKind.choices)[venue["kind"]])
        if venue["kind"] == VenueKind.HOME:
            rows = [{"label": _("Where"), "value": venue["outward"]}]
            text = _("Parents see the district and nothing else of this place.")
            cards.append(Card(kind, rows + _rows(venue, ["access"]), text))
            continue
        where = [*venue["address"], venue["postcode"]]
        rows = [{"label": _("Address"), "value": ", ".join(filter(None, where))}] if any(where) else []
        rows += _rows(venue, ["ward", "directions", "access", "access_text"])
        cards.append(Card(venue["name"] or kind, rows))
    return cards


def _sessions(document: Document) -> list[Card]:
    cards = []
    for key, activity in document["activities"].items():
        sessions = [each for each in document["sessions"].values() if each["activity"] == key]
        rows = []
        for session in sorted(
            sessions, key=lambda each: (each["weekday"] is None, each["weekday"] or 0, each["starts"])
        ):
            venue = document["venues"].get(session["venue"], {})
            where = venue.get("name") or venue.get("outward") or str(dict(VenueKind.choices).get(venue.get("kind"), ""))
            rows.append(
                {"label": session_words(session), "value": f"{where} · {value_words('season', session['season'])}"}
            )
        if rows:
            cards.append(Card(activity["name"], rows))
    return cards


def _languages(document: Document) -> list[Card]:
    return [Card(_("Languages and SEND"), _rows(document, ["languages", "send.tags"]), document["send"]["text"])]


def _access(document: Document) -> list[Card]:
    cards = _languages(document)
    for venue in document["venues"].values():
        if rows := _rows(venue, ["access", "access_text"]):
            cards.append(Card(venue["name"] or str(dict(VenueKind.choices)[venue["kind"]]), rows))
    return cards


def _contacts(document: Document) -> list[Card]:
    return [Card(_("Get in touch"), _rows(document, ["contact.email", "contact.phone", "contact.website"]))]


def _safeguarding(document: Document) -> list[Card]:
    if not document["roles"]:
        return [Card(_("Safeguarding"), [], _("Parents do not see who your safeguarding contact is."))]
    return [Card(_("Safeguarding"), [{"label": _("Has a"), "value": value_words("roles", document["roles"])}])]


def _notice(document: Document) -> list[Card]:
    return [Card(_("Notice"), _rows(document, ["notice.text"]))]
