"""Reads for the open data: which listings and places fit, a page at a time, in the order of their ids.

The order by id stays the same while somebody walks through the pages, whatever is renamed meanwhile.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from ..directory.finding import listings_with_words
from ..directory.models import Listing, ListingFacet, ListingPlace, ListingSlot
from ..register.models import Postcode
from .parameters import Question
from .taxonomies import Taxonomies, Term

Point = tuple[float, float]


@dataclass(frozen=True)
class Page:
    """One page of something, and how many there are in all."""

    number: int
    per_page: int
    total: int
    contents: list[Any]

    @property
    def total_pages(self) -> int:
        return -(-self.total // self.per_page)


def page_of_listings(question: Question, known: Taxonomies) -> Page:
    """The listings that fit. Two queries: all keys, then the documents of one page."""
    rows = _rows(_fitting(question, known).order_by("pk").values_list("pk"))
    keys = [UUID(str(key)) for (key,) in _slice(rows, question)]
    found = _whole(keys)
    return Page(question.page, question.per_page, len(rows), [found[key] for key in keys if key in found])


def page_of_places(question: Question, known: Taxonomies) -> Page:
    """(listing, venue id) of the places that fit: nearest first where a postcode is given, else in the order of ids."""
    places = ListingPlace.objects.filter(listing__in=_fitting(question, known))
    order = ["pk"]
    if question.point is not None:
        easting, northing = question.point
        # Floats, because the square of a coordinate is too large for PostgreSQL's integers.
        east, north = F("easting") - float(easting), F("northing") - float(northing)
        far = question.proximity
        places = places.filter(
            easting__range=(easting - far, easting + far), northing__range=(northing - far, northing + far)
        ).annotate(squared=Cast(east * east + north * north, FloatField()))
        places = places.filter(squared__lte=float(far) ** 2)
        order = ["squared", "pk"]
    rows = _rows(places.order_by(*order).values_list("listing_id", "venue"))
    pairs = [(UUID(str(listing)), str(UUID(str(venue)))) for listing, venue in _slice(rows, question)]
    found = _whole({listing for listing, _venue in pairs})
    contents = [(found[listing], venue) for listing, venue in pairs if listing in found]
    return Page(question.page, question.per_page, len(rows), contents)


def page_of_items(items: list[Any], question: Question) -> Page:
    """A page of what is in memory anyway."""
    start = (question.page - 1) * question.per_page
    return Page(question.page, question.per_page, len(items), items[start : start + question.per_page])


def listing_by_id(key: UUID) -> Listing | None:
    return Listing.objects.public().filter(pk=key).first()


def place_by_id(key: UUID) -> tuple[Listing, str] | None:
    """The listing and the venue id of a service at a location, as long as the listing is public."""
    place = ListingPlace.objects.filter(pk=key).first()
    listing = listing_by_id(place.listing_id) if place else None
    if place is None or listing is None or str(place.venue) not in listing.document.get("venues", {}):
        return None
    return listing, str(place.venue)


def points_of(listings: list[Listing]) -> dict[str, Point]:
    """Postcode -> (latitude, longitude) of the public places of these listings: one query."""
    codes = {
        venue["postcode"]
        for listing in listings
        for venue in listing.document.get("venues", {}).values()
        if venue.get("postcode")
    }
    rows = Postcode.objects.filter(code__in=codes).values_list("code", "latitude", "longitude")
    return {code: (latitude, longitude) for code, latitude, longitude in rows}


def _whole(keys: Iterable[UUID]) -> dict[UUID, Listing]:
    """The listings of a page, without the words that only the search needs."""
    return Listing.objects.public().defer("words").in_bulk(list(keys))


def _rows(queryset: QuerySet[Any, Any]) -> list[Any]:
    """All rows as the driver gives them: counting and then asking again would run the filters twice, and ten thousand
    UUID objects would cost more than the filters."""
    try:
        sql, parameters = queryset.query.sql_with_params()
    except EmptyResultSet:  # Django sees that nothing can fit
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _slice(rows: list[Any], question: Question) -> list[Any]:
    start = (question.page - 1) * question.per_page
    return rows[start : start + question.per_page]


def _fitting(question: Question, known: Taxonomies) -> "QuerySet[Listing]":
    listings: QuerySet[Listing] = Listing.objects.public()
    if question.search:
        listings = listings_with_words(listings, question.search)
    if question.asks_of_sessions:
        listings = listings.filter(pk__in=_sessions(question).values("listing"))
    for key in question.terms:
        term = known.terms.get(key)
        listings = listings.filter(pk__in=_having([term])) if term else listings.none()
    if question.taxonomy is not None:
        facet = known.facet_of(question.taxonomy)
        listings = listings.filter(pk__in=_having(known.of(facet))) if facet else listings.none()
    if question.modified_after is not None:
        listings = listings.filter(changed_at__gte=question.modified_after)
    return listings


def _sessions(question: Question) -> "QuerySet[ListingSlot]":
    """Sessions that are not over, each of which fits in all that was asked about when and for whom."""
    fits = Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    for name, value in (
        ("weekday__in", question.days or None),
        ("starts__gte", question.start_time),
        ("ends__lte", question.end_time),
        ("age_min__gte", question.minimum_age),
        ("age_max__lte", question.maximum_age),
    ):
        if value is not None:
            fits &= Q(**{name: value})
    return ListingSlot.objects.filter(fits)


def _having(terms: list[Term]) -> QuerySet[Any, Any]:
    """Ids of the listings that have one of these terms."""
    clause = Q(pk__in=[])
    for facet in {term.facet for term in terms}:
        codes = [term.code for term in terms if term.facet == facet]
        if facet == "award":
            clause |= Q(facet=facet, value__in=_running_awards(codes))
        else:
            clause |= Q(facet=facet, value__in=codes)
    return ListingFacet.objects.filter(clause).values("listing")


def _running_awards(schemes: list[str]) -> list[str]:
    """The index holds an award with its last day (see `directory.indexing.award_value`)."""
    today = timezone.localdate().isoformat()
    held = ListingFacet.objects.filter(facet="award").values_list("value", flat=True).distinct()
    wanted = {scheme[:29] for scheme in schemes}
    return [
        value for value in held
        if value.rpartition("@")[0] in wanted and (not (last := value.rpartition("@")[2]) or last >= today)
    ]  # fmt: skip
