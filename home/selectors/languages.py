"""In which languages a page exists, and whether a translation has fallen behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from home.addresses import address_of, language_of, root_of

from .closed import is_closed
from .prepared import Prepared


@dataclass(frozen=True)
class Version:
    """One language version of a page, as the language switcher and hreflang show it."""

    code: str
    name: str
    url: str
    full_url: str
    dir: str
    current: bool
    published_at: datetime | None


def versions_of(page: Page, request: HttpRequest | None = None) -> list[Version]:
    """Every live version of this page, itself included, in the order of `settings.LANGUAGES`. One query."""
    own = language_of(page.url_path, request)
    rows = [
        (url_path, published_at)
        for url_path, published_at, path in _others.rows(group=page.translation_key, own=page.pk or 0)
        if not is_closed(path)
    ]
    rows.append((page.url_path, page.last_published_at))
    versions = []
    for url_path, published_at in rows:
        url = address_of(url_path, request)
        root = root_of(url_path, request)
        if url is None or root is None:
            continue
        info = get_language_info(root.language_code)
        versions.append(
            Version(
                code=root.language_code,
                name=info["name_local"],
                url=url,
                full_url=root.root_url + url,
                dir="rtl" if info["bidi"] else "ltr",
                current=root.language_code == own,
                published_at=published_at,
            )
        )
    order = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}
    return sorted(versions, key=lambda version: order.get(version.code, len(order)))


_others = Prepared(
    lambda group, own: (
        Page.objects.filter(translation_key=group, live=True)
        .exclude(pk=own)
        .values_list("url_path", "last_published_at", "path")
    )
)


def english_changed_at(translated_at: datetime | None, versions: list[Version]) -> datetime | None:
    """When the original was published anew after it was translated; None when the translation is up to date."""
    original = next((v for v in versions if v.code == settings.LANGUAGE_CODE), None)
    if original is None or original.current or original.published_at is None or translated_at is None:
        return None
    return original.published_at if original.published_at > translated_at else None


def in_language(pages: list[Any]) -> list[Any]:
    """The pages in the active language where they exist in it. One query; none on English pages or for rows."""
    language = get_language()
    if not language or language == settings.LANGUAGE_CODE or not any(isinstance(page, Page) for page in pages):
        return pages
    keys = [page.translation_key for page in pages]
    found = Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)
    translated = {page.translation_key: page for page in found}
    return [translated.get(page.translation_key, page) for page in pages]
