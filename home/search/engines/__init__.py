"""How words are matched, by database. Both engines answer the same calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Narrowing:
    """What the database itself must choose by, when it is not to give all that fits. Empty: by nothing."""

    kinds: tuple[str, ...] | None = None
    audience: str = ""
    topic: str = ""
    year: str = ""
    newest: bool = False
    """The newest instead of those that fit best."""


EVERYTHING = Narrowing()


class Engine(Protocol):
    """What a database must be able to do."""

    def store(self, entry_id: int, *, language: str, title: str, summary: str, headings: str, text: str) -> None:
        """Make the words of an entry findable, in place of those it had."""

    def forget(self, entry_ids: Iterable[int]) -> None:
        """Drop the words of entries that are gone."""

    def match(
        self,
        terms: Sequence[Term],
        *,
        every: bool,
        languages: Sequence[str],
        limit: int,
        narrowing: Narrowing = EVERYTHING,
    ) -> list[Row]:
        """Entries of live pages and files with every one of the terms (or any one); all entries if there are none.

        At most `limit`: those that fit best, or the newest where nothing was asked.
        """

    def has(self, word: str) -> bool:
        """Some text has this very word (or a relative of it)."""

    def near(self, word: str, limit: int) -> list[tuple[str, float]]:
        """Known words that `word` may have been meant as, with how alike they are (0 to 1), best first."""


def conditions(narrowing: Narrowing) -> tuple[str, list[str]]:
    """The narrowing as SQL on the entries, `e`, that begins with AND, with its parameters. Both databases read it."""
    parts: list[str] = []
    given: list[str] = []
    if narrowing.kinds is not None:
        parts.append(f"e.kind IN ({', '.join(['%s'] * len(narrowing.kinds))})" if narrowing.kinds else "1 = 0")
        given += narrowing.kinds
    for column, slug in (("audiences", narrowing.audience), ("topics", narrowing.topic)):
        if slug:
            parts.append(f"e.{column} LIKE %s ESCAPE '!'")
            given.append(f"%|{slug.replace('_', '!_')}|%")
    if narrowing.year:
        parts.append("e.shows_date AND e.date BETWEEN %s AND %s")
        given += [f"{narrowing.year}-01-01", f"{narrowing.year}-12-31"]
    return "".join(f" AND {part}" for part in parts), given


def engine() -> Engine:
    """The engine of the database in use."""
    if connection.vendor == "postgresql":
        from .postgres import PostgresEngine

        return PostgresEngine()
    from .sqlite import SqliteEngine

    return SqliteEngine()
