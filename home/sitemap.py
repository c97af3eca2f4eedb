"""The sitemap: every public page in every language, in three queries however many there are."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from foundation.partnership.sites import site_for
from foundation.registries.sitemaps import sitemap_providers

from .addresses import address_under, root_of
from .selectors.listings import open_to_all


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """Each page with its address, its last change, and its versions in other languages."""
    site = site_for(request)
    if site is None:
        return []
    pages = open_to_all(Page.objects.filter(depth__gte=2)).order_by("path")
    found: list[dict[str, Any]] = []
    versions: defaultdict[Any, list[dict[str, str]]] = defaultdict(list)
    for url_path, changed_at, key in pages.values_list("url_path", "last_published_at", "translation_key"):
        root = root_of(url_path, request)
        if root is None or root.site_id != site.pk:
            continue
        address = root.root_url + address_under(root, url_path)
        versions[key].append({"code": root.language_code, "address": address})
        found.append({"address": address, "changed_at": changed_at, "key": key})
    for entry in found:
        others = versions[entry.pop("key")]
        entry["versions"] = others if len(others) > 1 else []
    return [*found, *_of_other_rooms(request)]


def _of_other_rooms(request: HttpRequest) -> list[dict[str, Any]]:
    """What other rooms have in public at this moment."""
    return [
        {"address": request.build_absolute_uri(entry.path), "changed_at": entry.changed_at, "versions": []}
        for provider in sitemap_providers
        for entry in provider()
    ]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All of it in one file: the format allows 50,000 addresses."""
    context = {"entries": entries(request)[:50_000]}
    return TemplateResponse(request, "home/sitemap.xml", context, content_type="application/xml")
