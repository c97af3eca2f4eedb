"""Finds listings: words by the word table, places by a box on the grid and then the exact distance.

Nothing of a search is logged, counted or stored. Order is by distance or by name, never by quality.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, ExpressionWrapper, F, FloatField, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from .models import DirectoryWord, Listing, ListingFacet, ListingSlot, ListingWord
from .query import Search
from .spelling import nearest
from .synonyms import LONGEST_PHRASE, Phrase, synonyms
from .words import SHORTEST_BEGINNING, beginning, meaningful, words_of

PER_PAGE = 15
MOST_TERMS = 8
_BOX_HELPS = 2_000
"""Metres. A wider box holds most of a borough, and looking every row up costs more than reading one index through."""
_NOON, _FIVE = time(12), time(17)


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    listings: list[Listing]
    total: int
    corrected: str = ""
    """The words that were searched instead of the ones typed, where those were not known."""


@dataclass
class _Term:
    """One thing asked for: all words of one of its phrases must be there, found by their beginnings."""

    phrases: list[Phrase]
    ids: dict[Phrase, list[list[int]]] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        return any(all(ids) for ids in self.ids.values())


def find(search: Search, *, page: int = 1, per_page: int = PER_PAGE, may_correct: bool = True) -> Found:
    """One page of the listings that fit. At most four queries, six with a slip of spelling."""
    listings: QuerySet[Listing] = Listing.objects.all()
    corrected = ""
    if search.words:
        terms, corrected = _terms(search.words, may_correct=may_correct)
        for term in terms:
            listings = listings.filter(_has(term))
    listings = _with_facets(listings, search)
    keys = _nearest_first(listings, search) if search.sort == "distance" else _by_name(listings, search)
    start = (page - 1) * per_page
    return Found(_in_order(keys[start : start + per_page]), len(keys), corrected)


def listings_with_words(listings: QuerySet[Listing], words: str) -> QuerySet[Listing]:
    """Those of these listings that fit the words, read as a person's search is read. At most two queries."""
    for term in _terms(words, may_correct=True)[0]:
        listings = listings.filter(_has(term))
    return listings


def _in_order(keys: list[Any]) -> list[Listing]:
    wanted = [UUID(str(key)) for key in keys]
    found = Listing.objects.public().defer("words").in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def _nearest_first(listings: QuerySet[Listing], search: Search) -> list[Any]:
    """Keys of all that fit, the nearest first; the distance of a listing is that of its nearest fitting session."""
    slots = _fitting(search)
    if _narrows(search):
        slots = slots.filter(listing__in=listings)
    grouped = slots.order_by().values("listing").annotate(nearest=Min("squared")).values_list("listing", "nearest")
    try:
        sql, parameters = grouped.query.sql_with_params()
    except EmptyResultSet:
        return []
    # Around the groups rather than as HAVING: there the distance of each session is worked out a second time, which was
    # a third of the search. Then in the order of keys, so that those at the same place always come in the same order.
    circle = "WHERE nearest <= %s" if search.within is not None else ""
    within = [] if search.within is None else [float(search.within) ** 2]
    around = f"WITH near (listing, nearest) AS ({sql}) SELECT listing FROM near {circle} ORDER BY nearest, listing"  # noqa: S608 - only parameters
    return _first_column(around, (*parameters, *within))


def _by_name(listings: QuerySet[Listing], search: Search) -> list[Any]:
    """Keys of all that fit, by name."""
    if search.asks_of_sessions:
        slots = _fitting(search)
        if search.within is not None:
            slots = slots.filter(squared__lte=float(search.within) ** 2)  # type: ignore[misc]  # annotated above
        if search.within is not None and search.within > _BOX_HELPS:
            # Most listings fit: going through them by name and asking each is quicker than gathering all sessions.
            listings = listings.filter(Exists(slots.filter(listing=OuterRef("pk"))))
        else:
            listings = listings.filter(pk__in=slots.values("listing"))
    return _keys(listings.order_by(Lower("name"), "pk").values_list("pk"))


def _keys(rows: QuerySet[Any]) -> list[Any]:
    """Their first column; none where Django sees, without asking the database, that nothing can fit."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    return _first_column(sql, parameters)


def _first_column(sql: str, parameters: tuple[Any, ...]) -> list[Any]:
    """As the driver gives it: ten thousand UUID objects would cost more than the search."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def _narrows(search: Search) -> bool:
    """Whether anything but the sessions themselves is asked for."""
    return bool(
        search.words or search.types or search.languages or search.send or search.access or search.award or search.stay
    ) or search.cost not in {"", "free"}  # fmt: skip


def _fitting(search: Search) -> QuerySet[ListingSlot]:
    """Sessions that fit in every way but the exact distance, with its square in metres as `squared`.

    Of a small circle the box around it on the grid is asked, which an index answers.
    """
    today = timezone.localdate()
    slots = ListingSlot.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    if search.near is not None:
        # Floats, because the square of a coordinate is too large for PostgreSQL's integers.
        east, north = F("easting") - float(search.near.easting), F("northing") - float(search.near.northing)
        squared = ExpressionWrapper(east * east + north * north, output_field=FloatField())
        slots = slots.annotate(squared=squared)
        if search.within is None:
            slots = slots.filter(outward=search.near.label)
        elif search.within <= _BOX_HELPS:
            slots = slots.filter(
                easting__range=(search.near.easting - search.within, search.near.easting + search.within),
                northing__range=(search.near.northing - search.within, search.near.northing + search.within),
            )
    if search.ward:
        slots = slots.filter(ward=search.ward)
    if search.age is not None:
        slots = slots.filter(age_min__lte=search.age, age_max__gte=search.age)
    if search.days:
        slots = slots.filter(weekday__in=search.days)
    if search.cost == "free":
        slots = slots.filter(is_free=True)
    if search.season:
        slots = slots.filter(season__in=[search.season, "all-year"])
    return slots.filter(_at_time(search.time), _for_whom(search.who))


def _at_time(name: str) -> Q:
    return {
        "morning": Q(starts__lt=_NOON),
        "afternoon": Q(starts__gte=_NOON, starts__lt=_FIVE),
        "evening": Q(starts__gte=_FIVE),
    }.get(name, Q())


def _for_whom(name: str) -> Q:
    return {
        "girls": Q(who__in=["all", "girls"]),
        "boys": Q(who__in=["all", "boys"]),
        "girls-only": Q(who="girls"),
        "boys-only": Q(who="boys"),
    }.get(name, Q())


def _with_facets(listings: QuerySet[Listing], search: Search) -> QuerySet[Listing]:
    one_of: list[tuple[str, tuple[str, ...]]] = [("type", search.types), ("language", search.languages)]
    one_of += [(name, (code,)) for name, codes in (("send", search.send), ("access", search.access)) for code in codes]
    if search.cost == "donation":
        one_of.append(("cost", ("free", "donation")))
    elif search.cost and search.cost != "free":
        one_of.append(("cost", (search.cost,)))
    if search.stay:
        one_of.append(("stay", ("yes",)))
    if search.award:
        one_of.append(("award", _award_values(search.award, timezone.localdate())))
    for name, values in one_of:
        if values or name == "award":
            with_it = ListingFacet.objects.filter(facet=name, value__in=values)
            listings = listings.filter(pk__in=with_it.values("listing"))
    return listings


def _award_values(scheme: str, today: date) -> tuple[str, ...]:
    """The facet's values for an award that still runs: each holds its last day (see `indexing.award_value`)."""
    held = ListingFacet.objects.filter(facet="award", value__startswith=f"{scheme[:29]}@").values_list(
        "value", flat=True
    )
    return tuple(
        value
        for value in held.distinct()
        if not (last := value.rpartition("@")[2]) or date.fromisoformat(last) >= today
    )


def _terms(typed: str, *, may_correct: bool) -> tuple[list[_Term], str]:
    """What is asked for, with the ids of the words that fit, and the correction where a word was not known."""
    words = meaningful(words_of(typed))[:MOST_TERMS]
    terms = _with_ids(words)
    if not may_correct or all(term.is_known for term in terms):
        return terms, ""
    better: list[str] = []
    changed = False
    for term in terms:
        own = term.phrases[0]
        likely = nearest(own[0]) if len(own) == 1 and not term.is_known else None
        changed = changed or likely is not None
        better.extend([likely] if likely else own)
    return (_with_ids(better), " ".join(better)) if changed else (terms, "")


def _with_ids(words: list[str]) -> list[_Term]:
    same = synonyms()
    terms, at = [], 0
    while at < len(words):
        longest = min(LONGEST_PHRASE, len(words) - at)
        length = next((n for n in range(longest, 1, -1) if tuple(words[at : at + n]) in same), 1)
        own = tuple(words[at : at + length])
        terms.append(_Term([own, *same.get(own, ())]))
        at += length
    wanted = {word for term in terms for phrase in term.phrases for word in phrase}
    known = _known(wanted)
    for term in terms:
        # Of the words typed the beginning is enough; those that mean the same have to be met as they are.
        for number, phrase in enumerate(term.phrases):
            term.ids[phrase] = [
                [pk for word, pk in known if word == asked or (number == 0 and _begins(word, asked))]
                for asked in phrase
            ]
    return terms


def _known(wanted: set[str]) -> list[tuple[str, int]]:
    clause = Q(word__in=wanted)
    for word in wanted:
        if len(beginning(word)) >= SHORTEST_BEGINNING:
            clause |= Q(word__startswith=beginning(word))
    return list(DirectoryWord.objects.filter(clause).values_list("word", "pk"))


def _begins(word: str, asked: str) -> bool:
    start = beginning(asked)
    return len(start) >= SHORTEST_BEGINNING and word.startswith(start)


def _has(term: _Term) -> Q:
    """One of the phrases, with all its words. Single words that mean the same are looked up together."""
    single = {pk for phrase, ids in term.ids.items() if len(phrase) == 1 for pk in ids[0]}
    clause = Q(pk__in=_listings_with(single))
    for phrase, ids in term.ids.items():
        if len(phrase) > 1 and all(ids):
            every = Q()
            for one_word in ids:
                every &= Q(pk__in=_listings_with(one_word))
            clause |= every
    return clause


def _listings_with(words: Iterable[int]) -> QuerySet[Any]:
    return ListingWord.objects.filter(word__in=list(words)).values("listing")
