"""Looks for links on public pages that lead nowhere. Asks nobody outside: there, only the form of an address counts."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, ReferenceIndex, Site

from .models import BrokenLink

Kind = BrokenLink.Kind
_HREF = re.compile(r"""href=["']([^"']+)["']""")
_LINK_NAMES = {"url", "web", "href", "link_url", "online_link"}
_valid_url = URLValidator(schemes=["http", "https"])


def check_links() -> int:
    """Look through every live page; what the last look found is replaced. Says how many broken links there are."""
    today = timezone.localdate()
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    found = [*_gone_or_hidden(), *_wrong_addresses(site)]
    with transaction.atomic():
        BrokenLink.objects.all().delete()
        BrokenLink.objects.bulk_create(
            BrokenLink(page_id=page_id, kind=kind, target=target[:500], found_on=today)
            for page_id, kind, target in dict.fromkeys(found)
        )
        return BrokenLink.objects.count()


def _gone_or_hidden() -> Iterator[tuple[int, str, str]]:
    """Links that an editor chose from the site's own pages and documents, which have gone since."""
    page_type = ContentType.objects.get_for_model(Page)
    live = {str(number) for number in Page.objects.live().values_list("pk", flat=True)}
    titles = {str(number): title for number, title in Page.objects.values_list("pk", "title")}
    known: dict[int, set[str]] = {}
    references = ReferenceIndex.objects.filter(base_content_type=page_type).values_list(
        "object_id", "to_content_type_id", "to_object_id"
    )
    for source, type_id, target in references.iterator():
        if source not in live:
            continue
        if type_id == page_type.pk:
            if target not in titles:
                yield int(source), Kind.GONE, f"page {target}"
            elif target not in live:
                yield int(source), Kind.HIDDEN, titles[target]
            continue
        if type_id not in known:
            known[type_id] = _numbers_of(type_id)
        if target not in known[type_id]:
            model = ContentType.objects.get_for_id(type_id)
            yield int(source), Kind.GONE, f"{model.name} {target}"


def _numbers_of(type_id: int) -> set[str]:
    model = ContentType.objects.get_for_id(type_id).model_class()
    if model is None:
        return set()
    return {str(number) for number in model._default_manager.values_list("pk", flat=True)}


def _wrong_addresses(site: Site | None) -> Iterator[tuple[int, str, str]]:
    """Addresses that an editor typed."""
    request = RequestFactory().get("/", headers={"host": site.hostname if site else "localhost"})
    checked: dict[str, str | None] = {}
    for page in Page.objects.live().specific().iterator(chunk_size=50):
        for target in _typed_links(page):
            if target not in checked:
                checked[target] = what_is_wrong(target, site=site, request=request)
            wrong = checked[target]
            if wrong is not None:
                yield page.pk, wrong, target


def _typed_links(page: Page) -> Iterator[str]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _links_in(list(getattr(page, field.name).raw_data), name="")
        elif isinstance(field, RichTextField):
            yield from _HREF.findall(getattr(page, field.name) or "")
        elif isinstance(field, models.URLField) and getattr(page, field.name):
            yield getattr(page, field.name)


def _links_in(value: Any, *, name: str) -> Iterator[str]:
    """Every typed address in a StreamField's stored form, whatever the blocks around it are."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _links_in(inner, name=key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _links_in(inner, name=name)
    elif isinstance(value, str) and value:
        if name in _LINK_NAMES:
            yield value.strip()
        else:
            yield from _HREF.findall(value)
    elif hasattr(value, "items"):  # the raw view of a block, which is no dict but behaves like one
        yield from _links_in(dict(value.items()), name=name)


def what_is_wrong(target: str, *, site: Site | None, request: HttpRequest) -> str | None:
    """The kind of fault of an address, or None."""
    if target.startswith("#"):
        return None
    parts = urlsplit(target)
    if parts.scheme in {"http", "https"}:
        if site is not None and parts.hostname == site.hostname:
            return None if _leads_somewhere(parts.path or "/", site, request) else Kind.NO_SUCH_ADDRESS
        return None if _is_well_formed(target) else Kind.MALFORMED
    if parts.scheme == "mailto":
        return None if "@" in parts.path else Kind.MALFORMED
    if parts.scheme in {"tel", "sms"}:
        return None if re.search(r"\d{3}", parts.path) else Kind.MALFORMED
    if not parts.scheme and target.startswith("/") and not target.startswith("//"):
        return None if _leads_somewhere(parts.path, site, request) else Kind.NO_SUCH_ADDRESS
    return Kind.MALFORMED


def _is_well_formed(target: str) -> bool:
    try:
        _valid_url(target)
    except ValidationError:
        return False
    return True


def _leads_somewhere(path: str, site: Site | None, request: HttpRequest) -> bool:
    language = translation.get_language_from_path(path)
    if Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists():
        return True
    with translation.override(language or translation.get_language()):
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name != "wagtail_serve":
            return True
    if site is None or language is None:
        return False
    return _is_page(path, language, site, request)


def _is_page(path: str, language: str, site: Site, request: HttpRequest) -> bool:
    locale = Locale.objects.filter(language_code=language).first()
    root = site.root_page.get_translation_or_none(locale) if locale else None
    components = [part for part in path.split("/") if part][1:]
    try:
        return root is not None and root.specific.route(request, components) is not None
    except Http404:
        return False
