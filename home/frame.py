"""The addresses of ours that every page links to."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from wagtail.models import Page

from foundation.registries.frame import FrameProvider, frame_providers

from .addresses import address_of, language_of

# The one page that is found by its slug: it is an ordinary page of information with an extraordinary job.
HIDE_VISIT_SLUG = "hide-your-visit"


def urls_for(request: HttpRequest, language: str) -> dict[str, str]:
    """Addresses by name, in a language where there is a page in it, else in the site's own. One query."""
    from . import models

    names = {
        models.HomePage: "home",
        models.WorriedPage: "worried",
        models.HelplinesPage: "helplines",
        models.TopicIndexPage: "topics",
        models.DocumentIndexPage: "documents",
        models.NewsIndexPage: "news",
        models.EventIndexPage: "events",
        models.GlossaryPage: "glossary",
        models.ContactPage: "contact",
    }
    types = ContentType.objects.get_for_models(*names)
    by_type = {types[model].pk: name for model, name in names.items()}
    rows = Page.objects.filter(live=True).filter(content_type__in=by_type) | Page.objects.filter(
        live=True, slug=HIDE_VISIT_SLUG
    )
    urls: dict[str, str] = {}
    for content_type, url_path in rows.order_by("path").values_list("content_type_id", "url_path"):
        name = by_type.get(content_type, "hide_visit")
        own = language_of(url_path, request)
        if own == language or (own == settings.LANGUAGE_CODE and name not in urls):
            urls[name] = address_of(url_path, request) or urls.get(name, "")
    try:
        with translation.override(language):
            urls["search"] = reverse("search")
    except NoReverseMatch:
        pass
    return urls


def register() -> None:
    """Called when the apps are ready."""
    frame_providers.register("home", FrameProvider(urls_for=urls_for))
