"""Finds the page of a path in two queries, however deep it stands. Wagtail's own way takes two for each step."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import translation
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from foundation.partnership.sites import site_for

from .addresses import root_paths
from .selectors.listings import has_restriction
from .selectors.prepared import Prepared


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """The page of this path in the active language, with what its own routes make of the rest of the path.

    A language without pages has no root, hence no page: an English page never answers under another language's
    address. The pages above are kept on the page (`trail`), for the breadcrumb and for view restrictions.
    """
    steps = [step for step in path.split("/") if step]
    root_path = _root_path(request)
    trail = _pages_on_the_way(root_path, steps) if root_path else []
    page = _specific(trail) if trail else None
    if page is None:
        return None
    rest = steps[len(trail) - 1 :]
    if not isinstance(page, RoutablePageMixin):
        return RouteResult(page) if page.live and not rest else None
    try:
        return page.route(request, rest)
    except Http404:
        return None


def _root_path(request: HttpRequest) -> str | None:
    site = site_for(request)
    if site is None:
        return None
    language = translation.get_language() or settings.LANGUAGE_CODE
    return next(
        (root.root_path for root in root_paths(request) if root.site_id == site.pk and root.language_code == language),
        None,
    )


def _pages_on_the_way(root_path: str, steps: list[str]) -> list[Page]:
    """The root and every page of the path below it, as far as there are pages, top first. One query.

    `url_path` has no index in Wagtail's table, `slug` has: naming both keeps the search short on a large site.
    """
    paths = [root_path]
    for step in steps:
        paths.append(f"{paths[-1]}{step}/")
    slugs = [root_path.rstrip("/").rsplit("/", 1)[-1], *steps]
    found = {page.url_path: page for page in _with_slugs.objects(slugs=slugs, paths=paths)}
    trail = []
    for path in paths:
        if path not in found:
            break
        trail.append(found[path])
    return trail


_with_slugs = Prepared(
    lambda slugs, paths: (
        Page.objects.filter(slug__in=slugs, url_path__in=paths)
        .annotate(is_restricted=has_restriction())
        .only("title", "slug", "url_path", "path", "depth", "numchild", "live", "content_type", "locale", "alias_of")
    )
)


@cache
def _page_of_type(model: type[Any]) -> Prepared:
    """A page with what its template needs of other tables."""
    pages = model._default_manager.all()
    if related := getattr(model, "served_with", ()):
        pages = pages.select_related(*related)
    return Prepared(lambda pk: pages.filter(pk=pk))


def _specific(trail: list[Page]) -> Any | None:
    found = trail[-1]
    model = found.specific_class
    if model is None:
        return None
    page = next(_page_of_type(model).objects(pk=found.pk), None)
    if page is not None:
        page.trail = trail
        if len(trail) > 1:
            page._cached_parent_obj = trail[-2]
    return page
