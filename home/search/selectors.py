"""The search itself: what fits the words, how many of each kind there are, and the page of results to show."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.utils.translation import get_language

from foundation.registries.search import SearchHit, search_providers

from .engines import Narrowing, Row, engine
from .filters import Filters
from .hits import Hit, hits_of
from .kinds import TYPE_OF_KIND, TYPES_BY_KEY
from .spelling import Correction, corrected, with_synonyms
from .synonyms import synonyms
from .words import Term, stem, terms

PER_PAGE = 10
FROM_PROVIDERS = 30
FEW = 3
MOST = 300
"""Results that are sorted, counted and paged. Who finds more needs another word, not page 31."""
_IN_TITLE = 0.75

logger = logging.getLogger(__name__)


@dataclass
class Found:
    """What a search answers."""

    filters: Filters
    terms: Sequence[Term]
    total: int
    page: PageOfResults
    hits: list[Hit]
    facets: dict[str, Counter[str]]
    """For each dimension how many results each choice would leave, the other filters as they are."""
    without_filters: int
    """How many results the words alone have; `MOST` where there are more."""
    is_more: bool = False
    """There are more than `total`, which are the best of them."""
    is_wide: bool = False
    """The words alone have more than `MOST` results, so that nobody knows what each choice would leave."""
    correction: str = ""
    """The spelling that was searched instead, or that may have been meant (`is_corrected` says which)."""
    is_corrected: bool = False
    is_broader: bool = False
    """Nothing has all of the words, so these have some."""
    not_searched: list[str] = field(default_factory=list)
    """Labels of providers that could not answer."""
    provider_labels: dict[str, str] = field(default_factory=dict)


def find(
    filters: Filters, *, per_page: int = PER_PAGE, with_providers: bool = True, fixed: Sequence[str] = ()
) -> Found:
    """Search. Reads two queries when the words are found, a few more when they are not, whatever the number of hits.

    Up to `MOST` results are sorted and counted here. Of more than that the database gives the best, chosen by the
    filters too, and the answer says so (`is_more`). `fixed` names filters that the page sets itself: they stay when a
    reader takes all choices away.
    """
    language = get_language() or "en"
    same = synonyms()
    asked = terms(filters.query, same)
    # A page that sets a filter itself, as the documents page does, never shows anything else.
    is_by_date = filters.sort == "newest"
    within = replace(_narrowing(filters, fixed), newest=is_by_date)
    nothing = bool(filters.query) and not asked
    matched = _Matched([], asked) if nothing else _match(asked, same, languages=(language, "en"), within=within)
    rows, is_wide = matched.rows, len(matched.rows) > MOST
    is_more = is_wide
    if is_wide and filters.active.keys() - set(fixed):
        chosen = replace(_narrowing(filters, filters.active), newest=is_by_date)
        rows = _ask(matched.terms, every=not matched.is_broader, languages=(language, "en"), narrowing=chosen)
        is_more = len(rows) > MOST
    rows = _once_a_language(rows[:MOST], language)
    provided, labels, failed = _ask_providers(filters) if with_providers else (_Provided(), {}, [])
    rows += provided
    kept, facets = _filter(rows, filters)
    _sort(kept, filters, language, matched.terms)
    page = Paginator(kept, per_page).get_page(filters.page)
    return Found(
        filters=filters,
        terms=matched.terms,
        total=len(kept),
        page=page,
        hits=hits_of(list(page.object_list), provided.hits, matched.terms, language),
        facets=facets,
        without_filters=_without_filters(rows, kept, filters, fixed, is_wide=is_wide),
        is_more=is_more,
        is_wide=is_wide,
        correction=matched.correction.query if matched.correction else "",
        is_corrected=matched.is_corrected,
        is_broader=matched.is_broader,
        not_searched=failed,
        provider_labels=labels,
    )


def _narrowing(filters: Filters, names: Iterable[str]) -> Narrowing:
    """What the database is to choose by: those filters of `names` that are set."""
    active = {name: value for name, value in filters.active.items() if name in names}
    kinds: tuple[str, ...] | None = None
    if "type" in active:
        type_ = TYPES_BY_KEY.get(active["type"])
        kinds = tuple(map(str, type_.kinds)) if type_ else ()
    if "kind" in active:
        kinds = tuple(kind for kind in (active["kind"],) if kinds is None or kind in kinds)
    return Narrowing(
        kinds=kinds,
        audience=active.get("audience", ""),
        topic=active.get("topic", ""),
        year=active.get("year", ""),
    )


def _without_filters(rows: list[Row], kept: list[Row], filters: Filters, fixed: Sequence[str], *, is_wide: bool) -> int:
    if is_wide:
        return MOST
    if fixed and not kept:
        return len(_filter(rows, filters.without(*set(filters.active) - set(fixed)))[0])
    return len(rows)


@dataclass
class _Matched:
    rows: list[Row]
    terms: Sequence[Term]
    correction: Correction | None = None
    is_corrected: bool = False
    is_broader: bool = False


def _ask(asked: Sequence[Term], *, every: bool, languages: tuple[str, str], narrowing: Narrowing) -> list[Row]:
    """One more than is shown at most, so that it is known whether there are more."""
    return engine().match(asked, every=every, languages=languages, limit=MOST + 1, narrowing=narrowing)


def _match(asked: list[Term], same: Any, *, languages: tuple[str, str], within: Narrowing) -> _Matched:
    """All words; else all words in a likely spelling; else some of the words."""
    ask = partial(_ask, languages=languages, narrowing=within)
    rows = ask(asked, every=True)
    if not asked or len(rows) >= FEW:
        return _Matched(rows, asked)
    correction = corrected(asked)
    if rows:
        return _Matched(rows, asked, correction)
    if correction:
        correction = with_synonyms(correction, same)
        rows = ask(correction.terms, every=True)
        if rows:
            return _Matched(rows, correction.terms, correction, is_corrected=True)
    if len(asked) > 1 or correction:
        some = correction.terms if correction else asked
        rows = ask(some, every=False)
        return _Matched(rows, some, correction, is_corrected=bool(correction and rows), is_broader=bool(rows))
    return _Matched(rows, asked)


def _once_a_language(rows: list[Row], language: str) -> list[Row]:
    """Without the English of what is found in the page's own language."""
    if language == "en":
        return rows
    translated = {row.translation_key for row in rows if row.language == language and row.translation_key}
    return [row for row in rows if row.language == language or row.translation_key not in translated]


class _Provided(list[Row]):
    """Rows of providers, with the hits that they stand for."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: dict[int, SearchHit] = {}


def _ask_providers(filters: Filters) -> tuple[_Provided, dict[str, str], list[str]]:
    """Hits of other rooms as rows with negative ids. One that breaks is named to the reader, and the rest stands."""
    provided, labels, failed = _Provided(), {}, []
    for name, provider in search_providers.items():
        labels[provider.kind] = str(provider.label)
        if not filters.query and filters.type != provider.kind:
            continue
        try:
            hits = provider.find(filters.query, FROM_PROVIDERS)
        except Exception:  # another room's fault must not take the whole search with it
            logger.exception("Search provider failed", extra={"provider": name})
            failed.append(str(provider.label))
            continue
        for hit in hits[:FROM_PROVIDERS]:
            pk = -len(provided) - 1
            provided.hits[pk] = hit
            provided.append(
                Row(
                    pk,
                    provider.kind,
                    "en",
                    None,
                    str(hit.changed_on or ""),
                    "",
                    _joined(hit.audiences),
                    "",
                    1.0,
                    hit.title,
                    hit.score,
                )
            )
    return provided, labels, failed


def _joined(slugs: Sequence[str]) -> str:
    return f"|{'|'.join(slugs)}|" if slugs else ""


_COLUMN = {"type": 1, "kind": 1, "audience": 6, "topic": 7, "year": 5}
"""Which field of a row a filter looks at."""


def _filter(rows: Sequence[Row], filters: Filters) -> tuple[list[Row], dict[str, Counter[str]]]:
    """The rows that pass every filter, and the counts. A row that fails one filter counts for that filter's choices.

    Thousands of rows have only a few different values in a column, so those are taken apart, not the rows.
    """
    active = filters.active
    passing = {
        name: {value for value in set(map(itemgetter(_COLUMN[name]), rows)) if wanted in _values(name, value)}
        for name, wanted in active.items()
    }
    kept = list(rows)
    for name, values in passing.items():
        column = _COLUMN[name]
        kept = [row for row in kept if row[column] in values]
    counts = {}
    for name, column in _COLUMN.items():
        counted: Sequence[Row] = kept
        if name in active:
            counted = rows
            for other, values in passing.items():
                if other != name:
                    at = _COLUMN[other]
                    counted = [row for row in counted if row[at] in values]
        counts[name] = Counter[str]()
        for value, count in Counter(map(itemgetter(column), counted)).items():
            for single in _values(name, value):
                counts[name][single] += count
    return kept, counts


def _values(name: str, value: str) -> tuple[str, ...]:
    """The choices of a filter that a column's value stands for."""
    if name == "type":
        return (TYPE_OF_KIND.get(value, value),)
    if name in ("audience", "topic"):
        return tuple(value[1:-1].split("|")) if value else ()
    return (value,) if value else ()


def _sort(rows: list[Row], filters: Filters, language: str, asked: Sequence[Term]) -> None:
    """The page's language before English; then by fit (by date when nothing was typed), or by date alone."""
    best = max((row.score for row in rows if row.id > 0), default=0.0) or 1.0
    own = [stem(term.words[0]) if len(term.words) == 1 else " ".join(term.words) for term in asked]

    def fit(row: Row) -> tuple[float, str]:
        score = row.score if row.id < 0 else row.score / best
        # A title that has all the words as they were typed is what most people look for. (`map`, because this runs for
        # every one of what may be thousands of rows.)
        if all(map(row.title.lower().__contains__, own)):
            score += _IN_TITLE
        return score * row.weight, row.date

    if filters.sort != "newest" and asked:
        rows.sort(key=fit, reverse=True)
    else:
        rows.sort(key=itemgetter(4), reverse=True)
    if language != "en":
        rows.sort(key=lambda row: row.language != language)  # stable: the order within a language stays
