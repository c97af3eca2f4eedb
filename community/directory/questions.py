"""My questions: what a parent should still ask, because the listing does not answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..quality.models import ChecklistItem
from ..register.enums import LegalForm, Mode, VenueKind
from .models import Listing
from .statements import statements_on

Document = dict[str, Any]
_YOUNG = 8
MOST_RED_FLAGS = 8


@dataclass(frozen=True)
class Asked:
    """A question, what a good answer sounds like, and which of the clubs have not answered it."""

    question: str
    good_answer: str
    ask: tuple[str, ...]
    """Names of the clubs to ask; empty where all of them are to be asked."""


@dataclass(frozen=True)
class Sheet:
    """One page to take along."""

    questions: list[Asked]
    red_flags: list[str]
    answered: int
    """How many questions every club on the sheet answers on its page."""
    is_empty: bool
    """No questions have been written yet."""


def question_sheet(listings: Sequence[Listing], *, today: date) -> Sheet:
    """The questions of the current standard that apply and are not answered by a statement that still holds. One query."""
    items = list(
        ChecklistItem.objects.filter(standard__is_current=True)
        .exclude(parent_question="")
        .order_by("area", "order", "code")
    )
    told = {listing.pk: {each.code for each in statements_on(listing.document, today)} for listing in listings}
    kinds = {listing.pk: traits_of(listing.document) for listing in listings}
    questions, answered = [], 0
    for item in items:
        concerned = [listing for listing in listings if applies(item.applies_to, kinds[listing.pk])]
        open_for = [listing.name for listing in concerned if item.code not in told[listing.pk]]
        if open_for:
            questions.append(
                Asked(item.parent_question, item.good_answer, () if len(open_for) == len(listings) else tuple(open_for))
            )
        elif concerned:
            answered += 1
    flags = list(dict.fromkeys(item.red_flag for item in items if item.red_flag))
    return Sheet(questions=questions, red_flags=flags[:MOST_RED_FLAGS], answered=answered, is_empty=not items)


def applies(applies_to: Sequence[str], traits: frozenset[str]) -> bool:
    """Whether an item concerns a setting with these traits; what the public document cannot tell counts as yes."""
    return not applies_to or any(each in traits for each in applies_to)


def traits_of(document: Document) -> frozenset[str]:
    """What the public document tells of a setting, in the standard's own words ("u8", "home", …)."""
    activities = list(document.get("activities", {}).values())
    venues = [venue["kind"] for venue in document.get("venues", {}).values()]
    # Employees and hired rooms are not in the public document, so their questions are worth asking anywhere.
    traits = {"all", "employer"}
    size = document.get("size", "")
    if size != "lone":
        traits.add("team")
    if size in {"large", ""}:
        traits.add("large")
    if any(each["age_min"] < _YOUNG for each in activities):
        traits.add("u8")
    if VenueKind.ONLINE in venues or any(each.get("mode") == Mode.ONLINE for each in activities):
        traits.add("online")
    if VenueKind.HOME in venues:
        traits.add("home")
    if any(kind not in {VenueKind.HOME, VenueKind.ONLINE} for kind in venues):
        traits.add("hire")
    if size == "lone" or any(each.get("mode") == Mode.ONE_TO_ONE for each in activities):
        traits.add("1to1")
    if document.get("legal", {}).get("form") == LegalForm.CHARITY or document.get("legal", {}).get("charity_number"):
        traits.add("charity")
    return frozenset(traits)
