"""What the site's own search finds of the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.registries.search import SearchHit

from .finding import find
from .query import Search


def find_settings(words: str, limit: int) -> list[SearchHit]:
    """Listings that have all these words, by name: there is no better or worse among them, so all score alike.

    Spelling is not guessed here: somebody who looks for help must not be shown a club with a similar name.
    """
    found = find(Search(words=words[:100]), per_page=limit, may_correct=False)
    return [
        SearchHit(
            title=listing.name,
            url=reverse("community:listing", args=[listing.slug]),
            summary=listing.document.get("summary", ""),
            kind=_("Club or class"),
            changed_on=listing.confirmed_on,
        )
        for listing in found.listings
    ]
