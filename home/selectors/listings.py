"""Lists of pages: light rows instead of page objects, so that a hundred cost little more than ten."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import BooleanField, F, Func, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from home.addresses import address_under, root_of

from .prepared import Prepared, Value


@dataclass(frozen=True, slots=True)
class Listed:
    """A public page as a list shows it."""

    pk: int
    title: str
    url: str
    summary: str = ""
    translation_key: uuid.UUID | None = None
    date: dt.date | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    place: str = ""
    kind: str = ""
    kicker: str = ""
    version: str = ""
    live: bool = True
    path: str = ""
    """Where it stands in the tree: a list in parts goes on from there."""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.summary

    def get_url(self, request: HttpRequest | None = None) -> str:
        return self.url


class _IsRestricted(Func):
    """Whether a view restriction stands on the page itself. Written out, because it is part of every request."""

    template = "EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction r WHERE r.page_id = %(expressions)s)"
    output_field = BooleanField()


class _IsClosed(Func):
    """Whether a view restriction stands on the page or on one above it: their paths begin its path."""

    template = (
        "EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction r JOIN wagtailcore_page c ON c.id = r.page_id"
        " WHERE SUBSTR(%(expressions)s, 1, LENGTH(c.path)) = c.path)"
    )
    output_field = BooleanField()


def has_restriction() -> Func:
    """Whether the page itself is closed to some readers, for `annotate`."""
    return _IsRestricted(F("pk"))


def open_to_all(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Live pages that anybody may read: neither they nor a page above them is restricted. Part of the same query."""
    return pages.filter(~_IsClosed(F("path")), live=True)


def listed(pages: QuerySet[Any], request: HttpRequest | None = None, **fields: str) -> list[Listed]:
    """The pages of a query as rows. `fields`: name of `Listed` -> column, such as `date="published_on"`. One query."""
    columns = _columns(pages.model, fields)
    return _as_listed(pages.model, columns, pages.values_list(*columns), request, fields)


class PreparedList:
    """As `listed`, for a query that many pages ask with other values: see `Prepared`."""

    def __init__(self, build: Callable[..., QuerySet[Any]], **fields: str) -> None:
        self._fields = fields
        self._model: type[Any] = Page
        self._query = Prepared(partial(self._of_columns, build))

    def of(self, request: HttpRequest | None, **values: Value) -> list[Listed]:
        """The pages for these values. One query."""
        found = self._query.rows(**values)
        return _as_listed(self._model, _columns(self._model, self._fields), found, request, self._fields)

    def _of_columns(self, build: Callable[..., QuerySet[Any]], **values: Any) -> QuerySet[Any]:
        pages = build(**values)
        self._model = pages.model
        return pages.values_list(*_columns(pages.model, self._fields))


def _columns(model: type[Any], fields: dict[str, str]) -> list[str]:
    has_summary = hasattr(model, "summary")
    return ["pk", "title", "url_path", "translation_key", *(["summary"] if has_summary else []), *fields.values()]


def _as_listed(
    model: type[Any],
    columns: list[str],
    found: Iterable[tuple[Any, ...]],
    request: HttpRequest | None,
    fields: dict[str, str],
) -> list[Listed]:
    rows = []
    kinds = dict(getattr(getattr(model, "Kind", None), "choices", ()))
    for values in found:
        row = dict(zip(columns, values, strict=True))
        root = root_of(row["url_path"], request)
        if root is None:
            continue
        shown = {name: row[column] for name, column in fields.items()}
        if "kind" in shown:
            shown["kicker"] = str(kinds.get(shown["kind"], ""))
        rows.append(
            Listed(
                pk=row["pk"],
                title=row["title"],
                url=address_under(root, row["url_path"]),
                summary=row.get("summary", ""),
                translation_key=row["translation_key"],
                **shown,
            )
        )
    return rows


def one_page(
    pages: QuerySet[Any], request: HttpRequest, *, size: int, param: str = "page", **fields: str
) -> PageOfList:
    """A part of a long list; a wrong number in the address gives the first or last part, never an error."""
    page_obj = Paginator(pages, size).get_page(request.GET.get(param))
    page_obj.object_list = listed(page_obj.object_list, request, **fields)  # type: ignore[arg-type]
    return page_obj


def children_of(page: Page) -> Any:
    """The open pages right below, in the editors' order, of any type: titles and addresses."""
    return open_to_all(Page.objects.child_of(page)).order_by("path")


def siblings_of(page: Page) -> Any:
    """The open pages beside this one."""
    return open_to_all(Page.objects.sibling_of(page, inclusive=False)).order_by("path")
