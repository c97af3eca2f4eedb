"""What can be chosen in the search form, and how many listings each district has: read rarely, kept."""

import secrets
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count

from foundation.partnership.models import Ward

from ..quality.models import AwardScheme
from ..register.models import ListEntry
from .models import Listing, ListingSlot

_OPTIONS, _COUNTS, _VERSION = (f"community-directory-{name}" for name in ("options", "counts", "version"))
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Options:
    """Choices of the pick-lists, as (value, label)."""

    wards: Choices
    languages: Choices
    send: Choices
    access: Choices
    awards: Choices
    labels: dict[tuple[str, str], str]
    """(list, code) -> label, entries that are no longer offered too."""


@dataclass(frozen=True)
class Counts:
    """How many listings there are in all, and in each district."""

    total: int
    by_district: dict[str, int]


def options() -> Options:
    """Three queries, then none until somebody changes a list."""
    known: Options | None = cache.get(_OPTIONS)
    if known is None:
        entries = list(ListEntry.objects.values_list("kind", "code", "label", "is_active"))

        def of(kind: str) -> Choices:
            return [(code, label) for each, code, label, is_active in entries if each == kind and is_active]

        known = Options(
            wards=[(name, name) for name in Ward.objects.values_list("name", flat=True)],
            languages=of("language"),
            send=of("send"),
            access=of("access"),
            awards=list(AwardScheme.objects.filter(is_active=True).values_list("code", "name")),
            labels={(kind, code): label for kind, code, label, _is_active in entries},
        )
        cache.set(_OPTIONS, known, 300)
    return known


def counts() -> Counts:
    """Two queries, then none until the index changes."""
    known: Counts | None = cache.get(_COUNTS)
    if known is None:
        rows = ListingSlot.objects.exclude(outward="").values_list("outward")
        known = Counts(
            total=Listing.objects.count(),
            by_district=dict(rows.annotate(count=Count("listing", distinct=True))),
        )
        cache.set(_COUNTS, known, 60)
    return known


def groups_key(language: str) -> str:
    """Under which the drawn choices of a language are kept, so that they go when a list changes."""
    return f"community-directory-groups-{cache.get(_VERSION, 0)}-{language}"


def forget_options() -> None:
    """Read the choices anew for the next form."""
    cache.delete(_OPTIONS)
    cache.set(_VERSION, secrets.token_hex(4), None)


def forget_counts() -> None:
    """Count anew for the next map."""
    cache.delete(_COUNTS)
