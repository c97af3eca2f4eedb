"""Which types, kinds, audiences, topics and years there are to choose at all."""

from django.db.models.functions import ExtractYear

from foundation.cache.kept import Kept

from .kinds import TYPE_OF_KIND
from .models import Entry

_kept: Kept[dict[str, frozenset[str]]] = Kept()


def known_values(language: str) -> dict[str, frozenset[str]]:
    """For each filter the values that something in this language or in English has. Read once for each edit."""
    return _kept.of(language, lambda: _read(language))


def _read(language: str) -> dict[str, frozenset[str]]:
    entries = Entry.objects.filter(language__in=(language, "en"), page__live=True).order_by()
    kinds = frozenset(entries.values_list("kind", flat=True).distinct())
    years = entries.filter(shows_date=True, date__isnull=False).values_list(ExtractYear("date"), flat=True).distinct()
    return {
        "type": frozenset(TYPE_OF_KIND[kind] for kind in kinds if kind in TYPE_OF_KIND),
        "kind": kinds,
        "audience": _slugs(entries.values_list("audiences", flat=True).distinct()),
        "topic": _slugs(entries.values_list("topics", flat=True).distinct()),
        "year": frozenset(map(str, years)),
    }


def _slugs(joined: object) -> frozenset[str]:
    return frozenset(slug for part in joined for slug in part.split("|") if slug)  # type: ignore[attr-defined]
