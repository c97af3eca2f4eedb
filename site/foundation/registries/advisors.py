"""What waits for Young Advisors: rooms that have drafts, questionnaires or results for them say so.

Two doors. `advisors_providers` lists things that a room shows in views of its own. `draft_providers` hands over drafts that
are read, commented on and decided at `/review/`, beside the pages: the giver says what the draft is, and takes the decision.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from foundation.accounts.models import User

from .base import Registry


@dataclass(frozen=True)
class WaitingForAdvisors:
    """One thing to look at."""

    title: str
    url: str
    kind: str
    """What it is, in a word or two for the reader: "Page", "Questionnaire", "Results"."""


@dataclass(frozen=True)
class AdvisorsProvider:
    """Answers for one room; its own views ask again who may see them."""

    waiting: Callable[[], list[WaitingForAdvisors]]
    """`waiting()`: what waits now, the oldest first."""


advisors_providers: Registry[AdvisorsProvider] = Registry("what waits for Young Advisors")


@dataclass(frozen=True)
class DraftPlace:
    """A part that one can point at: its key for the giver, a short name, and its plain text ("" for the whole)."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class DraftView:
    """One way to see the draft as those for whom it is made will see it."""

    label: str
    url: str


@dataclass(frozen=True)
class Draft:
    """A draft of another room."""

    key: str
    """The name of its provider, a dash, and what the provider knows it by: "questionnaire-12"."""
    title: str
    kind: str
    stamp: str
    """Another one whenever its words are others: a decision names the stamp that was read."""
    staff_url: str
    """Where its makers work on it."""
    is_waiting: bool = True
    since: datetime | None = None
    views: list[DraftView] = field(default_factory=list)
    places: list[DraftPlace] = field(default_factory=list)
    asks_answers: bool = False
    """Whether there is something to answer in its views, as in a questionnaire; the page says that it is kept nowhere."""
    public_words_url: str = ""
    """Where they write what everybody may read beside it, if the giver has a page for that: the checklist then asks for no
    words of its own for the public."""


class DraftRefused(Exception):
    """What was asked for cannot be done; the words may be shown."""


@dataclass(frozen=True)
class DraftProvider:
    """Answers for one kind of draft. `name` is the number or word after the dash of the key."""

    waiting: Callable[[], list[Draft]]
    """`waiting()`: what waits now, the oldest first; `views` and `places` may be left out."""
    draft: Callable[[str], Draft | None]
    """`draft(name)`: whole, waiting or not; None where there is none."""
    decide: Callable[[str, bool, str, User], None]
    """`decide(name, is_ready, words, by)`: take what the Young Advisors decided. Raises DraftRefused."""
    put_in: Callable[[str, str, str, str, User], None]
    """`put_in(name, place, old, new, by)`: take over a wording. Raises DraftRefused."""
    may_edit: Callable[[str, User], bool]
    """`may_edit(name, user)`: whether this person works on the draft, and so reads what was said."""


draft_providers: Registry[DraftProvider] = Registry("drafts that Young Advisors review at /review/")


def drafts_waiting() -> list[Draft]:
    """Every draft that waits, whatever room it comes from."""
    return [draft for provider in draft_providers for draft in provider.waiting()]


def provider_of(key: str) -> tuple[DraftProvider, str] | None:
    """Who answers for a draft, and what it calls it; None for a key that nobody knows."""
    kind, _dash, name = key.partition("-")
    provider = dict(draft_providers.items()).get(kind)
    return (provider, name) if provider and name else None


leaving_steps: Registry[Callable[[User], None]] = Registry("what a room does when somebody leaves the Young Advisors")
"""Called in the transaction of the leaving, with who leaves: their name comes off whatever the room shows."""
