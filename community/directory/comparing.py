"""Clubs side by side: the same questions to each, in the order in which they were added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import facts
from .models import Listing
from .options import options
from .statements import awards_on, in_short, statements_on

Document = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """A club at the head of its column."""

    name: str
    url: str
    drop: str


@dataclass(frozen=True)
class Comparison:
    """Heads of columns, and rows of (question, one answer for each club)."""

    heads: list[Compared]
    rows: list[tuple[str, list[tuple[str, str]]]]
    """Each answer with its club's name, which a phone shows beside it."""


def comparison_of(listings: Sequence[Listing], *, today: date, links: Sequence[dict[str, str]]) -> Comparison:
    """No totals, no winner: a row without any answer is left out, and an empty answer reads "ask them"."""
    heads = [Compared(listing.name, link["url"], link["drop"]) for listing, link in zip(listings, links, strict=True)]
    columns = [_answers(listing, today) for listing in listings]
    rows = []
    for number, (question, _answer) in enumerate(columns[0] if columns else []):
        answers = [column[number][1] for column in columns]
        if any(answers):
            rows.append(
                (
                    question,
                    [(listing.name, text or _("Ask them")) for listing, text in zip(listings, answers, strict=True)],
                )
            )
    return Comparison(heads, rows)


def _answers(listing: Listing, today: date) -> list[tuple[str, str]]:
    document, labels = listing.document, options().labels
    activities = document.get("activities", {}).values()
    stay = {each.get("parents_can_stay") for each in activities}
    awards = [" ".join(filter(None, (each.name, each.level))) for each in awards_on(document, today)]
    access = sorted({code for venue in document.get("venues", {}).values() for code in venue.get("access", [])})
    return [
        (_("In one sentence"), document.get("summary", "")),
        (_("Kind"), ", ".join(facts.types_in_words(document))),
        (_("Days"), facts.days_of(document)),
        (_("Ages"), facts.ages_of(document)),
        (_("Girls and boys"), facts.who_in_words(document) or _("Everybody")),
        (_("Cost"), facts.cost_of(document)),
        (_("Where"), facts.places_of(document.get("venues", {}).values())),
        (_("Languages"), ", ".join(labels.get(("language", code), code) for code in document.get("languages", []))),
        (
            _("SEND support"),
            ", ".join(labels.get(("send", code), code) for code in document.get("send", {}).get("tags", [])),
        ),
        (_("Access"), ", ".join(labels.get(("access", code), code) for code in access)),
        (_("Parents can stay"), _("Yes") if stay == {True} else _("For some") if True in stay else ""),
        (_("Safeguarding, and how we know"), in_short(statements_on(document, today))),
        (_("Awards by others"), "; ".join(awards)),
        (_("Last confirmed"), date_format(listing.confirmed_on, "j F Y") if listing.confirmed_on else ""),
    ]
