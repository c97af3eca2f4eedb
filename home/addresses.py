"""Addresses of pages, without a query and without asking the URL resolver for each of a hundred links."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import translation
from wagtail.models import Page, Site


def root_paths(request: HttpRequest | None = None) -> list[Any]:
    """Wagtail's root paths of all sites and languages, kept on the request as Wagtail itself does."""
    if request is None:
        return Site.get_site_root_paths()
    kept = getattr(request, "_wagtail_cached_site_root_paths", None)
    if kept is None:
        kept = Site.get_site_root_paths()
        request._wagtail_cached_site_root_paths = kept  # type: ignore[attr-defined]
    return kept


def root_of(url_path: str, request: HttpRequest | None = None) -> Any | None:
    """The root path that a page stands under; None outside every site, or where several sites share the database."""
    roots = root_paths(request)
    if len({root.site_id for root in roots}) != 1:
        return None
    return next((root for root in roots if url_path.startswith(root.root_path)), None)


def address_of(url_path: str, request: HttpRequest | None = None) -> str | None:
    """The address of the page with this `url_path`: "/home/worried/" → "/en/worried/". None where `root_of` is."""
    root = root_of(url_path, request)
    return None if root is None else address_under(root, url_path)


def address_of_page(page: Any, request: HttpRequest | None = None) -> str:
    """The address of a page, or of a row of a list of pages, which knows its own.

    From the path alone where that is enough; Wagtail answers for the rest. Empty for a page outside every site.
    """
    if not isinstance(page, Page):
        return str(page.url)
    return address_of(page.url_path, request) or page.get_url(request) or ""


def address_under(root: Any, url_path: str) -> str:
    """The address of a page whose root is known."""
    rest = url_path[len(root.root_path) :]
    return _start(root.language_code, get_script_prefix()) + (rest if rest.isascii() else quote(rest))


def language_of(url_path: str, request: HttpRequest | None = None) -> str:
    """The language of the tree that a page stands in; the site's own where that is not known."""
    for root in root_paths(request):
        if url_path.startswith(root.root_path):
            return str(root.language_code)
    return settings.LANGUAGE_CODE


@lru_cache(maxsize=64)
def _start(language: str, _script_prefix: str) -> str:
    with translation.override(language):
        return reverse("wagtail_serve", args=("",))
