"""What a reader asked for, out of a query string that may hold anything."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from .kinds import DOCUMENT_KINDS

MAX_QUERY = 200
SORTS = ("relevance", "newest")
DIMENSIONS = ("type", "kind", "audience", "topic", "year")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd\ud800-\udfff]+")
_SPACE = re.compile(r"\s+")
_SLUG = re.compile(r"[\w-]{1,50}", re.ASCII)
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


@dataclass(frozen=True)
class Filters:
    """A search in full; the empty string means that nothing is asked of that kind."""

    query: str = ""
    type: str = ""
    kind: str = ""
    audience: str = ""
    topic: str = ""
    year: str = ""
    sort: str = ""
    page: int = 1
    was_cut: bool = False
    """The query was longer than `MAX_QUERY`; only its beginning is searched."""

    @classmethod
    def read(cls, parameters: QueryDict) -> "Filters":
        """Read a query string. What cannot be meant (a year "foo", a page "abc") is left out; of repeated keys the
        last counts."""
        query = _SPACE.sub(" ", _CONTROL.sub(" ", parameters.get("q", ""))).strip()
        year = parameters.get("year", "")
        sort = parameters.get("sort", "")
        kind = parameters.get("kind", "")
        return cls(
            query=query[:MAX_QUERY],
            type=_slug(parameters.get("type", "")),
            kind=kind if kind in DOCUMENT_KINDS else "",
            audience=_slug(parameters.get("audience", "")),
            topic=_slug(parameters.get("topic", "")),
            year=year if _YEAR.fullmatch(year) else "",
            sort=sort if sort in SORTS else "",
            page=_page(parameters.get("page", "")),
            was_cut=len(query) > MAX_QUERY,
        )

    @property
    def active(self) -> dict[str, str]:
        """The filters that are set, by dimension."""
        return {name: value for name in DIMENSIONS if (value := getattr(self, name))}

    @property
    def is_empty(self) -> bool:
        """Nothing was asked."""
        return not self.query and not self.active

    @property
    def is_bare(self) -> bool:
        """Nothing was asked beyond the type, and this is the first page."""
        return not self.query and not set(self.active) - {"type"} and self.page == 1

    def without(self, *names: str) -> "Filters":
        """The same search with some filters taken off."""
        changes: dict[str, Any] = dict.fromkeys(names, "")
        return replace(self, page=1, **changes)

    def encoded(self, leave_out: tuple[str, ...] = ()) -> str:
        """The query string of this search without its page; `leave_out` names what the address says already."""
        values = {"q": self.query, **{name: getattr(self, name) for name in (*DIMENSIONS, "sort")}}
        return urlencode({name: value for name, value in values.items() if value and name not in leave_out})


def _slug(value: str) -> str:
    return value if _SLUG.fullmatch(value) else ""


def _page(value: str) -> int:
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) <= 6 else 1
