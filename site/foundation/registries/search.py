"""Search providers: a room that has something to find beside pages and documents (settings, later events)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from .base import Registry


@dataclass(frozen=True)
class SearchHit:
    """One thing found: plain text and an address, nothing private."""

    title: str
    url: str
    summary: str
    kind: str
    """The word that the public reads for this kind of thing, such as "Club or class"."""
    score: float = 0.0
    changed_on: date | None = None
    audiences: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class SearchProvider:
    """Finds things of one kind."""

    kind: str
    label: str
    find: Callable[[str, int], list[SearchHit]]
    """`find(words, limit)`: at most `limit` hits that anyone may see, best first."""


search_providers: Registry[SearchProvider] = Registry("what else search can find")
