"""The results of one page of a search, ready to draw."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from foundation.registries.search import SearchHit

from .engines import Row
from .excerpts import excerpt, marked, stems_of
from .kinds import TYPE_OF_KIND, Kind
from .models import Entry
from .words import Term

_BEGINNING = 30_000
"""Passages are looked for in the first characters of a text: reading whole reports would cost more than it shows."""


@dataclass(frozen=True)
class Hit:
    """One result, ready to draw."""

    title: SafeString
    url: str
    text: SafeString
    kind: str | Promise
    type: str
    language: str
    is_other_language: bool
    date: dt.date | None = None
    file_type: str = ""
    file_size: int | None = None
    audiences: tuple[str, ...] = ()
    is_replaced: bool = False
    """A newer document stands in its place."""


def hits_of(rows: Sequence[Row], provided: dict[int, SearchHit], asked: Sequence[Term], language: str) -> list[Hit]:
    """The results of one page, drawn from their entries; rows with negative ids stand for `provided`. One query."""
    entries = (
        Entry.objects.filter(pk__in=[row.id for row in rows if row.id > 0])
        .defer("text", "headings")
        .annotate(beginning=Substr("text", 1, _BEGINNING))
        .in_bulk()
    )
    stems = stems_of(asked)
    hits = []
    for row in rows:
        if row.id < 0:
            hits.append(_provided_hit(provided[row.id], row.kind, asked, stems))
        elif entry := entries.get(row.id):
            hits.append(
                Hit(
                    title=marked(entry.title, stems),
                    url=entry.url,
                    text=excerpt(summary=entry.summary, text=entry.beginning if asked else "", terms=asked),
                    kind=Kind(entry.kind).label,
                    type=TYPE_OF_KIND[entry.kind],
                    language=entry.language,
                    is_other_language=entry.language != language,
                    date=entry.date if entry.shows_date else None,
                    file_type=entry.file_type,
                    file_size=entry.file_size,
                    audiences=tuple(row.audiences[1:-1].split("|")) if row.audiences else (),
                    is_replaced=entry.is_replaced,
                )
            )
    return hits


def _provided_hit(hit: SearchHit, kind: str, asked: Sequence[Term], stems: Sequence[str]) -> Hit:
    return Hit(
        title=marked(hit.title, stems),
        url=hit.url,
        text=excerpt(summary=hit.summary, text="", terms=asked),
        kind=hit.kind,
        type=kind,
        language="en",
        is_other_language=False,
        date=hit.changed_on,
        audiences=tuple(hit.audiences),
    )
