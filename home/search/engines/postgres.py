"""Matching on PostgreSQL: a weighted vector for each entry, and pg_trgm for spelling."""

from collections.abc import Iterable, Sequence

from django.db import connection

from ..words import Term
from . import EVERYTHING, Narrowing, Row, conditions

_COLUMNS = (
    "e.id, e.kind, e.language, e.translation_key, COALESCE(e.date::text, ''), "
    "CASE WHEN e.shows_date THEN to_char(e.date, 'YYYY') ELSE '' END, e.audiences, e.topics, e.weight, e.title"
)
_FROM = "FROM search_entry e JOIN wagtailcore_page p ON p.id = e.page_id"
_PUBLIC = "e.language IN (%s, %s) AND p.live"
# The numbers weigh text, headings, summary and title; 1 keeps a long report from beating the page about the word.
_MATCHING = f"""SELECT {_COLUMNS}, ts_rank('{{0.1, 0.4, 0.5, 1.0}}', e.words, asked.query, 1)::float8 AS fit
{_FROM} CROSS JOIN (SELECT to_tsquery('english', %s) || to_tsquery(%s::regconfig, %s) AS query) asked
WHERE e.words @@ asked.query AND {_PUBLIC}"""
_ALL = f"SELECT {_COLUMNS}, 0.0::float8 {_FROM} WHERE {_PUBLIC}"
_NEWEST = "e.date DESC NULLS LAST, e.id DESC"
_STORE = """UPDATE search_entry SET words =
setweight(to_tsvector(%(config)s::regconfig, %(title)s), 'A') ||
setweight(to_tsvector(%(config)s::regconfig, %(summary)s), 'B') ||
setweight(to_tsvector(%(config)s::regconfig, %(headings)s), 'C') ||
setweight(to_tsvector(%(config)s::regconfig, %(text)s), 'D')
WHERE id = %(id)s"""


class PostgresEngine:
    """See `Engine`."""

    def store(self, entry_id: int, *, language: str, title: str, summary: str, headings: str, text: str) -> None:
        words = {"title": title, "summary": summary, "headings": headings, "text": text}
        with connection.cursor() as cursor:
            cursor.execute(_STORE, {"id": entry_id, "config": _config(language), **words})

    def forget(self, entry_ids: Iterable[int]) -> None:
        """Nothing to do: the vector is a column of the entry's own row."""

    def match(
        self,
        terms: Sequence[Term],
        *,
        every: bool,
        languages: Sequence[str],
        limit: int,
        narrowing: Narrowing = EVERYTHING,
    ) -> list[Row]:
        first, last = languages[0], languages[-1]
        chosen, given = conditions(narrowing)
        order = f"e.language <> %s, {'fit DESC, e.id' if terms and not narrowing.newest else _NEWEST}"
        asked: list[str | int] = [first, last, *given, first, limit]
        if terms:
            # An entry in English holds stems, one in another language whole words: ask for either.
            query = _expression(terms, every=every)
            asked = [query, _config(first), query, *asked]
        with connection.cursor() as cursor:
            cursor.execute(f"{_MATCHING if terms else _ALL}{chosen} ORDER BY {order} LIMIT %s", asked)
            return list(map(Row._make, cursor.fetchall()))

    def has(self, word: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM search_entry WHERE words @@ plainto_tsquery('english', %s) LIMIT 1", [word])
            return cursor.fetchone() is not None

    def near(self, word: str, limit: int) -> list[tuple[str, float]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, similarity(word, %s) AS alike FROM search_word WHERE word %% %s"
                " ORDER BY alike DESC, uses DESC LIMIT %s",
                [word, word, limit],
            )
            return cursor.fetchall()


def _config(language: str) -> str:
    return "english" if language == "en" else "simple"


def _expression(terms: Sequence[Term], *, every: bool) -> str:
    """The tsquery; words are letters and digits only (see `words.tokens`) and quoted all the same."""
    return (" & " if every else " | ").join(f"({' | '.join(_alternatives(term))})" for term in terms)


def _alternatives(term: Term) -> list[str]:
    prefix = "" if term.is_phrase or term.same or len(term.words[-1]) < 3 else ":*"
    return [_phrase(term.words) + prefix, *(_phrase(words) for words in term.same)]


def _phrase(words: Sequence[str]) -> str:
    joined = " <-> ".join(f"'{word}'" for word in words)
    return f"({joined})" if len(words) > 1 else joined
