"""Links inside rich text. Wagtail asks the database for each text; a page asks once, for all of its texts together."""

import re
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .addresses import address_of
from .selectors.closed import is_closed
from .selectors.prepared import Prepared

_LINK = re.compile(r'<a\b[^>]*\blinktype="(page|document)"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')


@dataclass
class Targets:
    """Where the links of the page being served lead: id -> address, None where there is nothing to see."""

    pages: dict[str, str | None] = field(default_factory=dict)
    documents: dict[str, str | None] = field(default_factory=dict)


_targets: ContextVar[Targets | None] = ContextVar("link_targets", default=None)


def read_targets(page: Page, request: HttpRequest | None) -> None:
    """Look up every link in the texts of this page: a query for its pages and one for its documents, if it has any."""
    wanted: dict[str, set[str]] = {"page": set(), "document": set()}
    for text in _texts(page):
        for match in _LINK.finditer(text):
            if found := _ID.search(match.group(0)):
                wanted[match.group(1)].add(found.group(1))
    targets = Targets()
    if wanted["page"]:
        targets.pages = _page_addresses(wanted["page"], request)
    if wanted["document"]:
        targets.documents = _document_addresses(wanted["document"])
    _targets.set(targets)


def forget_targets(**_kwargs: Any) -> None:
    """Called when a request starts: what one page knew is not true for ever."""
    _targets.set(None)


request_started.connect(forget_targets, dispatch_uid="forget-link-targets")


class KnownPageLinkHandler(PageLinkHandler):
    """A link to a page, in the reader's language where the page exists in it. A page that is not public is no link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        known = _targets.get()
        keys = [attrs.get("id", "") for attrs in attrs_list]
        missing = {key for key in keys if key.isdigit() and (known is None or key not in known.pages)}
        addresses = {**(known.pages if known else {}), **(_page_addresses(missing, None) if missing else {})}
        return [_opening(addresses.get(key)) for key in keys]


class KnownDocumentLinkHandler(DocumentLinkHandler):
    """A link to a document."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        known = _targets.get()
        keys = [attrs.get("id", "") for attrs in attrs_list]
        missing = {key for key in keys if key.isdigit() and (known is None or key not in known.documents)}
        addresses = {**(known.documents if known else {}), **(_document_addresses(missing) if missing else {})}
        return [_opening(addresses.get(key)) for key in keys]


def _opening(address: str | None) -> str:
    return f'<a href="{escape(address)}">' if address else "<a>"


def _page_addresses(keys: set[str], request: HttpRequest | None) -> dict[str, str | None]:
    language = get_language() or settings.LANGUAGE_CODE
    rows = [
        (pk, url_path, live and not is_closed(path), translation_key)
        for pk, url_path, live, translation_key, path in _with_keys.rows(keys=sorted(map(int, keys)))
    ]
    translated: dict[Any, str] = {}
    if language != settings.LANGUAGE_CODE:
        translated = {
            translation_key: url_path
            for translation_key, url_path, path in Page.objects.filter(
                translation_key__in=[row[3] for row in rows], locale__language_code=language, live=True
            ).values_list("translation_key", "url_path", "path")
            if not is_closed(path)
        }
    addresses: dict[str, str | None] = dict.fromkeys(keys)
    for pk, url_path, live, translation_key in rows:
        path = translated.get(translation_key, url_path if live else None)
        if path is None:
            continue
        addresses[str(pk)] = address_of(path, request) or _slow_address(pk, request)
    return addresses


_with_keys = Prepared(
    lambda keys: Page.objects.filter(pk__in=keys).values_list("pk", "url_path", "live", "translation_key", "path")
)


def _slow_address(pk: int, request: HttpRequest | None) -> str | None:
    """For several sites in one database: ask Wagtail."""
    page = Page.objects.filter(pk=pk).first()
    return page.get_url(request) if page else None


def _document_addresses(keys: set[str]) -> dict[str, str | None]:
    documents = get_document_model().objects.in_bulk([int(key) for key in keys])
    return {key: (documents[int(key)].url if int(key) in documents else None) for key in keys}


def _texts(page: Page) -> Iterator[str]:
    for stream_field in page._meta.get_fields():
        if isinstance(stream_field, StreamField):
            yield from _strings(getattr(page, stream_field.name).raw_data)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if "linktype=" in value:
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, (list, tuple)) or hasattr(value, "__getitem__"):
        for part in value:
            yield from _strings(part)
