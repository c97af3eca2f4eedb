"""How words are matched, by database. Both engines answer the same calls."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from django.db import connection

from ..words import Term


class Row(NamedTuple):
    """The few facts of an entry that sorting, filtering and counting need."""

    id: int
    kind: str
    language: str
    translation_key: str | None
    date: str
    """As "2024-09-01"; empty without one."""
    year: str
    """Empty where the date does not matter to the reader."""
    audiences: str
    topics: str
    weight: float
    title: str
    score: float
    """How well the words fit, larger is better; 0 when no words were asked for."""


class Engine(Protocol):
    """What a database must be able to do."""

    def store(self, entry_id: int, *, language: str, title: str, summary: str, headings: str, text: str) -> None:
        """Make the words of an entry findable, in place of those it had."""

    def forget(self, entry_ids: Iterable[int]) -> None:
        """Drop the words of entries that are gone."""

    def match(self, terms: Sequence[Term], *, every: bool, languages: Sequence[str]) -> list[Row]:
        """Entries of live pages and files with every one of the terms (or any one); all entries if there are none."""

    def has(self, word: str) -> bool:
        """Some text has this very word (or a relative of it)."""

    def near(self, word: str, limit: int) -> list[tuple[str, float]]:
        """Known words that `word` may have been meant as, with how alike they are (0 to 1), best first."""


def engine() -> Engine:
    """The engine of the database in use."""
    if connection.vendor == "postgresql":
        from .postgres import PostgresEngine

        return PostgresEngine()
    from .sqlite import SqliteEngine

    return SqliteEngine()
