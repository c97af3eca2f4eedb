"""Matching on SQLite: its FTS5 full-text table, and spelling by shared letters."""

from collections.abc import Iterable, Sequence

from django.db import connection

from ..models import Word
from ..words import Term
from . import EVERYTHING, Narrowing, Row, conditions

_COLUMNS = (
    "e.id, e.kind, e.language, e.translation_key, COALESCE(e.date, ''), "
    "CASE WHEN e.shows_date THEN substr(e.date, 1, 4) ELSE '' END, e.audiences, e.topics, e.weight, e.title"
)
# bm25 is smaller for a better fit; the numbers weigh title, summary, headings and text.
_FIT = "bm25(search_words, 10.0, 5.0, 4.0, 1.0)"
_PUBLIC = "e.language IN (%s, %s) AND p.live"
# Entries are only read of those that are chosen: for a word that thousands have, reading them would be most of the work.
_BEST = f"""SELECT {_COLUMNS}, -best.fit
FROM (SELECT rowid, {_FIT} AS fit FROM search_words WHERE search_words MATCH %s ORDER BY fit LIMIT %s) best
CROSS JOIN search_entry e ON e.id = best.rowid JOIN wagtailcore_page p ON p.id = e.page_id
WHERE {_PUBLIC} ORDER BY best.fit"""  # noqa: S608  (constants, as below)
_CHOSEN = f"""SELECT {_COLUMNS}, -{_FIT} AS fit
FROM search_words CROSS JOIN search_entry e ON e.id = search_words.rowid JOIN wagtailcore_page p ON p.id = e.page_id
WHERE search_words MATCH %s AND {_PUBLIC}"""  # noqa: S608
# The newest are read in the order of an index, which ends the reading at the limit: sorting thousands would be most of the
# work. The plus keeps SQLite from going through all that have the words. No date comes after the oldest, as it should.
_NEWEST = f"""SELECT {_COLUMNS}, 0.0
FROM search_entry e INDEXED BY entry_newest CROSS JOIN wagtailcore_page p ON p.id = e.page_id
WHERE e.language = %s AND p.live"""  # noqa: S608
_AMONG = " AND +e.id IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)"
_BY_DATE = " ORDER BY e.date DESC, e.id DESC LIMIT %s"


class SqliteEngine:
    """See `Engine`."""

    def store(self, entry_id: int, *, language: str, title: str, summary: str, headings: str, text: str) -> None:
        self.forget([entry_id])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_words (rowid, title, summary, headings, text) VALUES (%s, %s, %s, %s, %s)",
                [entry_id, title, summary, headings, text],
            )

    def forget(self, entry_ids: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk in entry_ids])

    def match(
        self,
        terms: Sequence[Term],
        *,
        every: bool,
        languages: Sequence[str],
        limit: int,
        narrowing: Narrowing = EVERYTHING,
    ) -> list[Row]:
        if narrowing.newest or not terms:
            return _newest(terms, every=every, languages=languages, limit=limit, narrowing=narrowing)
        first, last = languages[0], languages[-1]
        chosen, given = conditions(narrowing)
        words = _expression(terms, every=every)
        with connection.cursor() as cursor:
            if narrowing == EVERYTHING and first == last:
                cursor.execute(_BEST, [words, limit, first, last])
            else:
                order = " ORDER BY e.language <> %s, fit DESC LIMIT %s"
                cursor.execute(f"{_CHOSEN}{chosen}{order}", [words, first, last, *given, first, limit])
            return list(map(Row._make, cursor.fetchall()))

    def has(self, word: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT 1", [f'"{word}"'])
            return cursor.fetchone() is not None

    def near(self, word: str, limit: int) -> list[tuple[str, float]]:
        # A slip rarely changes the beginning, the middle of the beginning and the end at once, or the length by much:
        # that leaves a few hundred words to compare.
        similar = (
            "length(word) BETWEEN %s AND %s"
            " AND (substr(word, 1, 1) = %s OR substr(word, 2, 2) = %s OR substr(word, -3) = %s)"
        )
        candidates = Word.objects.extra(  # noqa: S610  (constants; there is no ORM function for this)
            where=[similar], params=[len(word) - 2, len(word) + 2, word[0], word[1:3], word[-3:]]
        ).values_list("word", "uses")
        wanted = _trigrams(word)
        scored = [(likeness(wanted, _trigrams(known)), uses, known) for known, uses in candidates]
        return [(known, score) for score, _uses, known in sorted(scored, reverse=True)[:limit] if score > 0]


def _newest(
    terms: Sequence[Term], *, every: bool, languages: Sequence[str], limit: int, narrowing: Narrowing
) -> list[Row]:
    """The newest of the first language, then of the others; one query for each that is needed."""
    chosen, given = conditions(narrowing)
    among, words = (_AMONG, [_expression(terms, every=every)]) if terms else ("", [])
    rows: list[Row] = []
    with connection.cursor() as cursor:
        for language in dict.fromkeys(languages):
            if len(rows) < limit:
                cursor.execute(f"{_NEWEST}{among}{chosen}{_BY_DATE}", [language, *words, *given, limit - len(rows)])
                rows += map(Row._make, cursor.fetchall())
    return rows


def likeness(left: set[str], right: set[str]) -> float:
    """Shared trigrams over all trigrams, as PostgreSQL's pg_trgm counts them."""
    return len(left & right) / len(left | right)


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _expression(terms: Sequence[Term], *, every: bool) -> str:
    """The FTS5 expression; every word stands in quotation marks, so none of it is read as an operator."""
    return (" AND " if every else " OR ").join(f"({' OR '.join(_alternatives(term))})" for term in terms)


def _alternatives(term: Term) -> list[str]:
    prefix = "" if term.is_phrase or term.same or len(term.words[-1]) < 3 else "*"
    return [f'"{" ".join(term.words)}"{prefix}', *(f'"{" ".join(words)}"' for words in term.same)]
