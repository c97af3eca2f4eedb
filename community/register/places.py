"""Postcodes and places: what is typed, where it is, and how much of it may be public."""

import re
from dataclasses import dataclass

from django.db.models import Avg

from .enums import VenueKind
from .models import Postcode, Venue

_POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$")
_OUTWARD = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?$")
KILOMETRE = 1_000


@dataclass(frozen=True)
class PublicPlace:
    """Where something is, as far as the public may know. Metres on the national grid; None where it is nowhere."""

    outward: str
    easting: int | None
    northing: int | None


NOWHERE = PublicPlace("", None, None)


def tidy_postcode(typed: str) -> str | None:
    """ "nw51aa" -> "NW5 1AA"; None where it does not look like a postcode."""
    match = _POSTCODE.match(re.sub(r"[^A-Za-z0-9]", "", typed).upper())
    return f"{match[1]} {match[2]}" if match else None


def tidy_outward(typed: str) -> str | None:
    """ "nw5" -> "NW5"; None where it does not look like the first half of a postcode."""
    text = re.sub(r"[^A-Za-z0-9]", "", typed).upper()
    return text if _OUTWARD.match(text) else None


def middle_of_district(outward: str) -> tuple[int, int] | None:
    """The mean point of a district's postcodes, in metres on the national grid, to the nearest kilometre."""
    middle = Postcode.objects.filter(outward=outward).aggregate(east=Avg("easting"), north=Avg("northing"))
    if middle["east"] is None:
        return None
    return _to_kilometre(middle["east"]), _to_kilometre(middle["north"])


def _to_kilometre(metres: float) -> int:
    return round(metres / KILOMETRE) * KILOMETRE


def public_place(venue: Venue) -> PublicPlace:
    """What of a venue's place is public; of a home only its outward code and the middle of that district."""
    if venue.kind == VenueKind.ONLINE:
        return NOWHERE
    if venue.kind == VenueKind.HOME:
        middle = middle_of_district(venue.outward)
        return PublicPlace(venue.outward, *(middle or (None, None)))
    return PublicPlace(venue.outward, venue.easting, venue.northing)
