"""Draws the directory's index from published snapshots, and from nothing else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from ..opendata.ids import derived
from ..register.enums import CostType, SettingType
from ..register.models import ListEntry, Setting
from .bulk import insert_objects, insert_rows
from .models import DirectoryWord, Listing, ListingFacet, ListingPlace, ListingSlot, ListingWord
from .options import forget_counts
from .synonyms import synonyms
from .words import LONGEST, words_of

Document = dict[str, Any]
_CHUNK = 250
_LONGEST_VALUE = 40


@dataclass
class Drawn:
    """What the index holds of one snapshot."""

    listing: Listing
    facets: set[tuple[str, str]] = field(default_factory=set)
    slots: list[ListingSlot] = field(default_factory=list)
    places: list[ListingPlace] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


_waits: ContextVar[bool] = ContextVar("index_waits", default=False)


@contextmanager
def drawn_later() -> Iterator[None]:
    """While many settings are written, the index waits; whoever writes them calls `rebuild` before the end. Holds for
    what is published inside it, also when its transaction ends later."""
    token = _waits.set(True)
    try:
        yield
    finally:
        _waits.reset(token)


def is_waiting() -> bool:
    """Whether settings published now are drawn later, all at once."""
    return _waits.get()


def index_setting(*, setting_id: Any) -> bool:
    """Bring one setting's entry up to date: drawn anew when it is public, gone when it is not. True if it is there."""
    with transaction.atomic():
        # Two who publish at once take turns; the second draws what stands then.
        list(Setting.objects.select_for_update().filter(pk=setting_id).values_list("pk"))
        setting = Setting.objects.public().select_related("published").filter(pk=setting_id).first()
        Listing.objects.filter(pk=setting_id).delete()
        if setting is not None:
            _store([_draw(setting, labels=_labels())])
    forget_counts()
    return setting is not None


def rebuild() -> int:
    """Draw the whole index anew in one transaction; answers how many listings there are."""
    count = 0
    with transaction.atomic():
        ListingWord.objects.all().delete()
        DirectoryWord.objects.all().delete()
        Listing.objects.all().delete()
        labels = _labels()
        # Words that mean the same are known too, so that a slip in one of them can be put right.
        _word_ids({word for phrase in synonyms() for word in phrase})
        settings = Setting.objects.public().select_related("published").order_by("pk").iterator(_CHUNK)
        while chunk := [_draw(setting, labels=labels) for setting in islice(settings, _CHUNK)]:
            _store(chunk)
            count += len(chunk)
    forget_counts()
    return count


def forget_unused_words() -> int:
    """Drop words that no listing has any more, so that no slip is put right into one; answers how many."""
    same = {word for phrase in synonyms() for word in phrase}
    used = ListingWord.objects.filter(word=OuterRef("pk"))
    unused = DirectoryWord.objects.filter(~Exists(used)).exclude(word__in=same)
    return unused.delete()[0]


def _store(drawn: list[Drawn]) -> None:
    insert_objects(Listing, (each.listing for each in drawn))
    insert_rows(
        ListingFacet,
        ("listing", "facet", "value"),
        ((each.listing.pk, name, value) for each in drawn for name, value in sorted(each.facets)),
    )
    insert_objects(ListingSlot, (slot for each in drawn for slot in each.slots))
    insert_objects(ListingPlace, (place for each in drawn for place in each.places))
    ids = _word_ids({word for each in drawn for word in each.words})
    insert_rows(
        ListingWord,
        ("word", "listing"),
        ((ids[word], each.listing.pk) for each in drawn for word in sorted(each.words)),
    )


def _word_ids(words: set[str]) -> dict[str, int]:
    known = dict(DirectoryWord.objects.filter(word__in=words).values_list("word", "pk"))
    new = sorted(words - known.keys())
    if new:
        DirectoryWord.objects.bulk_create([DirectoryWord(word=word) for word in new], ignore_conflicts=True)
        known.update(DirectoryWord.objects.filter(word__in=new).values_list("word", "pk"))
    return known


def _labels() -> dict[tuple[str, str], str]:
    """(list, code) -> the words that are shown for it."""
    return {(kind, code): label for kind, code, label in ListEntry.objects.values_list("kind", "code", "label")}


def _draw(setting: Setting, *, labels: dict[tuple[str, str], str]) -> Drawn:
    snapshot = setting.published
    assert snapshot is not None, "only public settings are drawn"
    document: Document = snapshot.document
    words = set(_words(document, labels))
    listing = Listing(
        setting=setting,
        slug=document["slug"],
        name=document["name"],
        words=" ".join(sorted(words)),
        document=document,
        confirmed_on=_day(document.get("confirmed_on")),
        temporarily_closed=bool(document.get("notice", {}).get("temporarily_closed")),
        changed_at=snapshot.published_at,
    )
    facets = {(name, value[:_LONGEST_VALUE]) for name, value in _facets(document) if value}
    return Drawn(
        listing=listing,
        facets=facets,
        slots=list(_slots(document, listing)),
        places=list(_places(document, listing)),
        words=words,
    )


def _words(document: Document, labels: dict[tuple[str, str], str]) -> Iterator[str]:
    kinds = dict(SettingType.choices)
    texts: list[str] = [document["name"], document.get("summary", ""), document.get("description", "")]
    texts += [str(kinds.get(kind, kind)) for kind in document.get("types", [])]
    texts += [labels.get(("language", code), code) for code in document.get("languages", [])]
    texts += [document.get("faith_tradition", "")]
    send = document.get("send", {})
    texts += [send.get("text", ""), *(labels.get(("send", code), code) for code in send.get("tags", []))]
    for activity in document.get("activities", {}).values():
        texts += [activity["name"], activity.get("description", "")]
        texts += [labels.get(("category", code), code) for code in activity.get("categories", [])]
    for venue in document.get("venues", {}).values():
        texts += [venue.get("name", ""), venue.get("ward", ""), venue.get("outward", "")]
        texts += [labels.get(("access", code), code) for code in venue.get("access", [])]
    return (word[:LONGEST] for text in texts for word in words_of(text or ""))


def _facets(document: Document) -> Iterator[tuple[str, str]]:
    yield from (("type", kind) for kind in document.get("types", []))
    yield from (("language", code) for code in document.get("languages", []))
    yield from (("send", code) for code in document.get("send", {}).get("tags", []))
    for venue in document.get("venues", {}).values():
        yield from (("access", code) for code in venue.get("access", []))
    for award in document.get("awards", []):
        yield "award", award_value(award.get("scheme", ""), award.get("expires_on"))
    for activity in document.get("activities", {}).values():
        yield from _facets_of_activity(activity)


def award_value(scheme: str, expires_on: str | None) -> str:
    """An award as a facet holds it: with its last day, so that a search leaves it out from the next day on."""
    return f"{scheme[:29]}@{expires_on or ''}"


def _places(document: Document, listing: Listing) -> Iterator[ListingPlace]:
    for key, venue in document.get("venues", {}).items():
        yield ListingPlace(
            id=derived("service_at_location", key),
            listing=listing,
            venue=key,
            easting=venue.get("easting"),
            northing=venue.get("northing"),
        )


def _facets_of_activity(activity: Document) -> Iterator[tuple[str, str]]:
    yield "mode", activity.get("mode", "")
    yield "season", activity.get("season", "")
    yield from (("category", code) for code in activity.get("categories", []))
    if activity.get("parents_can_stay"):
        yield "stay", "yes"
    if activity.get("cost_type") in {CostType.FREE, CostType.DONATION}:
        yield "cost", activity["cost_type"]
    if activity.get("concessions"):
        yield "cost", "reductions"
    if activity.get("tax_free_childcare"):
        yield "cost", "tax-free"
    if activity.get("holiday_food_programme"):
        yield "cost", "holiday-food"


def _slots(document: Document, listing: Listing) -> Iterator[ListingSlot]:
    for session in document.get("sessions", {}).values():
        activity = document["activities"].get(session["activity"])
        venue = document["venues"].get(session["venue"])
        if activity is None or venue is None:
            continue
        first, last = session.get("valid_from"), session.get("valid_to")
        days: Iterable[int | None] = [session.get("weekday")]
        if session.get("weekday") is None and session.get("dates"):
            # Single dates are found under the days of the week on which they fall, until the last of them.
            days = sorted({date.fromisoformat(each).weekday() for each in session["dates"]})
            first, last = min(session["dates"]), max(session["dates"])
        for day in days:
            yield ListingSlot(
                listing=listing,
                weekday=day,
                starts=time.fromisoformat(session["starts"]),
                ends=time.fromisoformat(session["ends"]),
                season=session["season"],
                valid_from=_day(first),
                valid_to=_day(last),
                age_min=activity["age_min"],
                age_max=activity["age_max"],
                who=activity["who"],
                is_free=activity.get("cost_type") == CostType.FREE,
                outward=venue.get("outward", ""),
                ward=venue.get("ward", ""),
                easting=venue.get("easting"),
                northing=venue.get("northing"),
            )


def _day(text: str | datetime | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
