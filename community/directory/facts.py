"""Facts of a listing in plain words: ages, days, cost, distance, place."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..register.enums import CostType, CostUnit, SettingType, VenueKind, Weekday, Who
from .query import Search

Document = dict[str, Any]
_MILE = 1609.344


def label_of(choices: Any, value: str) -> str:
    """The label of a stored value; a value that is no longer offered shows as it is."""
    return str(choices(value).label) if value in choices.values else value


def types_in_words(document: Document) -> list[str]:
    return [label_of(SettingType, kind) for kind in document.get("types", [])]


def ages_in_words(youngest: int, oldest: int) -> str:
    """ "Ages 8 to 12"."""
    if youngest == oldest:
        return _("Age %(age)d") % {"age": youngest}
    return _("Ages %(from)d to %(to)d") % {"from": youngest, "to": oldest}


def ages_of(document: Document) -> str:
    """The ages of all activities together; empty where there is none."""
    activities = list(document.get("activities", {}).values())
    if not activities:
        return ""
    return ages_in_words(min(each["age_min"] for each in activities), max(each["age_max"] for each in activities))


def who_in_words(document: Document) -> str:
    """ "Girls" or "Boys" where every activity is for them alone; empty otherwise."""
    kinds = {each.get("who") for each in document.get("activities", {}).values()}
    return label_of(Who, kinds.pop()) if len(kinds) == 1 and kinds <= {Who.GIRLS, Who.BOYS} else ""


def days_of(document: Document) -> str:
    """ "Mon, Wed, Sat", and "single dates" where there are any."""
    sessions = document.get("sessions", {}).values()
    days = sorted({each["weekday"] for each in sessions if each.get("weekday") is not None})
    words = [str(Weekday(days[0]).label) if len(days) == 1 else short_day(day) for day in days]
    if any(each.get("weekday") is None and each.get("dates") for each in sessions):
        words.append(_("single dates") if words else _("Single dates"))
    return ", ".join(words)


def short_day(day: int) -> str:
    return str([_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")][day])


def money(amount: str) -> str:
    """ "5.00" → "£5"; "4.50" stays."""
    value = Decimal(amount)
    return f"£{value:.0f}" if value == value.to_integral_value() else f"£{value:.2f}"


def cost_in_words(activity: Document) -> str:
    """ "Free", "£4.50 a session", "You give what you can"; empty where nothing is said."""
    kind, amount = activity.get("cost_type", ""), activity.get("cost_amount")
    if kind == CostType.FREE:
        return _("Free")
    if kind == CostType.DONATION:
        return _("You give what you can")
    if not amount:
        return _("There is a charge") if kind == CostType.PAID else ""
    unit = label_of(CostUnit, activity.get("cost_unit", ""))
    return f"{money(amount)} {unit}".strip()


def cost_of(document: Document) -> str:
    """The cost for a card: that of the only activity, or the least of many."""
    activities = list(document.get("activities", {}).values())
    words = list(dict.fromkeys(filter(None, (cost_in_words(each) for each in activities))))
    if len(words) <= 1:
        return "".join(words)
    if any(each.get("cost_type") == CostType.FREE for each in activities):
        return _("Some free, some with a charge")
    paid = [each for each in activities if each.get("cost_amount")]
    units = {each.get("cost_unit") for each in paid}
    if paid and len(units) == 1 and len(paid) == len(activities):
        return _("From %(cost)s") % {"cost": cost_in_words(min(paid, key=lambda each: Decimal(each["cost_amount"])))}
    return _("Several prices")


def distance_in_words(metres: float, *, is_rough: bool = False) -> str:
    """ "0.4 miles (650 m)"; of a home only "about 1 mile", for its place is known to a kilometre."""
    miles = metres / _MILE
    if is_rough:
        whole = max(1, round(miles))
        return ngettext("about %(count)d mile", "about %(count)d miles", whole) % {"count": whole}
    exact = _("%(metres)d m") % {"metres": max(50, round(metres / 50) * 50)}
    near = exact if metres < 975 else _("%(km).1f km") % {"km": metres / 1_000}
    if miles < 0.1:
        return _("under 0.1 mile (%(metric)s)") % {"metric": near}
    return _("%(miles).1f miles (%(metric)s)") % {"miles": miles, "metric": near}


def nearest_venue(document: Document, search: Search) -> tuple[Document | None, float]:
    """The venue nearest to where the search is, and its distance in metres."""
    if search.near is None:
        return None, 0.0
    placed = [each for each in document.get("venues", {}).values() if each.get("easting") is not None]
    distances = [
        (((each["easting"] - search.near.easting) ** 2 + (each["northing"] - search.near.northing) ** 2) ** 0.5, number)
        for number, each in enumerate(placed)
    ]
    if not distances:
        return None, 0.0
    metres, number = min(distances)
    return placed[number], metres


def places_of(venues: Iterable[Document]) -> str:
    """Where it is, for a card: "Invented Hall, NW5", "A home in NW5", "Online"."""
    return "; ".join(dict.fromkeys(filter(None, (place_in_words(venue) for venue in venues))))


def place_in_words(venue: Document) -> str:
    """A venue on one line, as far as it is public."""
    if venue["kind"] == VenueKind.ONLINE:
        return _("Online")
    if venue["kind"] == VenueKind.HOME:
        return _("A home in %(district)s") % {"district": venue["outward"]} if venue.get("outward") else _("A home")
    return ", ".join(filter(None, (venue.get("name", ""), venue.get("outward", ""))))
