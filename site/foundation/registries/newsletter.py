"""Pieces for the newsletter: what a room has published lately that an issue may be built from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .base import Registry


@dataclass(frozen=True)
class Piece:
    """One published thing: plain text and an address that everybody may open."""

    key: str
    """Stays the same, such as "news:12"."""
    kind: str
    """In a word for the reader: "News", "Guidance", "Event"."""
    title: str
    summary: str
    path: str
    """From the root of the site, beginning with a slash."""
    on: date | None = None
    when: str = ""
    """Day, time and place in words, for events."""


@dataclass(frozen=True)
class PiecesProvider:
    """Answers for one room."""

    find: Callable[[str, int], list[Piece]]
    """`find(words, limit)`: public at this moment, the newest (or next) of each kind first; no words: all."""
    piece: Callable[[str], Piece | None]
    """`piece(key)`: the one with this key; None where it is not this room's, or not public now."""


newsletter_pieces: Registry[PiecesProvider] = Registry("what an issue of the newsletter may be built from")
