"""A listing as the list of results shows it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..register.enums import VenueKind
from . import facts
from .models import Listing
from .query import Search
from .statements import awards_on, in_short, statements_on


@dataclass(frozen=True)
class Card:
    """A few short lines about one listing."""

    slug: str
    name: str
    summary: str
    facts: list[str]
    place: str
    distance: str
    known: str
    awards: list[str]
    is_closed: bool


def card_of(listing: Listing, *, search: Search, today: date) -> Card:
    """All from the public document, as it holds on this day."""
    document = listing.document
    venue, metres = facts.nearest_venue(document, search)
    distance = ""
    if venue is not None:
        distance = facts.distance_in_words(metres, is_rough=venue["kind"] == VenueKind.HOME)
    venues = [venue] if venue is not None else list(document.get("venues", {}).values())
    short = [facts.days_of(document), facts.ages_of(document), facts.who_in_words(document), facts.cost_of(document)]
    known = in_short(statements_on(document, today))
    return Card(
        slug=listing.slug,
        name=listing.name,
        summary=document.get("summary", ""),
        facts=[fact for fact in short if fact],
        place=facts.places_of(venues),
        distance=distance,
        known=_("Safeguarding: %(known)s") % {"known": known} if known else _("Safeguarding: ask them"),
        awards=[" ".join(filter(None, (award.name, award.level))) for award in awards_on(document, today)],
        is_closed=listing.is_shut_on(today),
    )
