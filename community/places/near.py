"""From what a person types to a point on the grid."""

from dataclasses import dataclass

from django.core.cache import cache

from ..register.models import Postcode
from ..register.places import tidy_outward, tidy_postcode
from .models import District
from .table import EXAMPLE_KEY, districts


@dataclass(frozen=True)
class Point:
    """A postcode or a district, and its middle on the national grid in metres."""

    label: str
    easting: int
    northing: int
    is_district: bool


class NotAPostcode(ValueError):
    """What was typed does not look like a postcode or its first half."""


class UnknownPostcode(ValueError):
    """It looks like one, but the table does not hold it. `outward`: its first half, where the table knows that."""

    def __init__(self, outward: str) -> None:
        super().__init__(outward)
        self.outward = outward


def point_of(typed: str) -> Point:
    """Where a postcode or the first half of one is. One query for a postcode, none for a district that is kept.

    Raises:
        NotAPostcode, UnknownPostcode
    """
    code = tidy_postcode(typed)
    if code is not None:
        found = Postcode.objects.filter(code=code).first()
        if found is not None:
            return Point(found.code, found.easting, found.northing, is_district=False)
        outward = code.split(" ")[0]
        raise UnknownPostcode(outward if _district(outward) else "")
    outward_typed = tidy_outward(typed)
    if outward_typed is None:
        raise NotAPostcode
    district = _district(outward_typed)
    if district is None:
        raise UnknownPostcode("")
    return Point(district.outward, district.easting, district.northing, is_district=True)


def example_district() -> str:
    """The first half that most postcodes of the area have, for hints such as "try NW1"; empty without a table."""
    known: str | None = cache.get(EXAMPLE_KEY)  # by itself: the districts with their outlines are a lot to unpack
    if known is None:
        most = max(districts(), key=lambda each: (each.in_area, each.outward), default=None)
        known = most.outward if most is not None and most.in_area else ""
        cache.set(EXAMPLE_KEY, known, 3_600)
    return known


def _district(outward: str) -> District | None:
    return next((each for each in districts() if each.outward == outward), None)
