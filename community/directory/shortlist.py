"""A shortlist that lives in the address: no account, no cookie, nothing kept on our side."""

import re
from dataclasses import dataclass

from django.http import HttpRequest

from .models import Listing

PARAMETER = "s"
MOST = 6
_SLUG = re.compile(r"^[a-z0-9_-]{1,80}$", re.IGNORECASE)


@dataclass(frozen=True)
class Shortlist:
    """Slugs in the order in which they were added."""

    slugs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.slugs)

    def __contains__(self, slug: object) -> bool:
        return slug in self.slugs

    def __len__(self) -> int:
        return len(self.slugs)

    @property
    def text(self) -> str:
        return ",".join(self.slugs)

    @property
    def is_full(self) -> bool:
        return len(self.slugs) >= MOST

    def with_(self, slug: str) -> "Shortlist":
        return self if slug in self.slugs or self.is_full else Shortlist((*self.slugs, slug))

    def without(self, slug: str) -> "Shortlist":
        return Shortlist(tuple(each for each in self.slugs if each != slug))

    def query(self) -> str:
        """ "?s=a,b", or nothing for an empty list."""
        return f"?{PARAMETER}={self.text}" if self.slugs else ""


def shortlist_of(request: HttpRequest) -> Shortlist:
    """The list in the address; what cannot be a slug, and what is too much, is left out."""
    typed = request.GET.get(PARAMETER, "")[:1_000].split(",")
    slugs = dict.fromkeys(slug for each in typed if _SLUG.match(slug := each.strip()))
    return Shortlist(tuple(slugs)[:MOST])


def listings_of(shortlist: Shortlist) -> tuple[list[Listing], int]:
    """The listings in the list's order, and how many of it are not on the register. One query."""
    found = {listing.slug: listing for listing in Listing.objects.public().filter(slug__in=shortlist.slugs)}
    listings = [found[slug] for slug in shortlist.slugs if slug in found]
    return listings, len(shortlist) - len(listings)
