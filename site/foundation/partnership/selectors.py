"""What every page shows around its content, read once and kept until something of it changes."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.models import Locale, Page, Site

from foundation.cache.kept import Kept
from foundation.registries.frame import frame_providers

from .models import AlertBanner, Helpline, Navigation, Partner, PartnershipSettings
from .sites import site_for


@dataclass(frozen=True)
class Link:
    """A link of a menu, ready to draw."""

    title: str
    url: str
    lang: str = ""  # only where it differs from the page's


@dataclass(frozen=True)
class Chrome:
    """The frame of a page: who we are, whom to call, the menus."""

    partnership: PartnershipSettings
    bar_helplines: list[Helpline]
    helplines: list[Helpline]
    header: list[Link]
    footer: list[tuple[str, list[Link]]]
    alert: AlertBanner | None
    urls: dict[str, str] = field(default_factory=dict)
    partners: list[str] = field(default_factory=list)
    drawn: dict[str, SafeString] = field(default_factory=dict)
    """Parts of the frame as HTML, by template (`{% frame_part %}`): they live as long as what they are drawn from."""


def chrome_for(request: HttpRequest) -> Chrome | None:
    """The frame for this request's site and language; None where there is no site yet."""
    site = site_for(request)
    if site is None:
        return None
    language = translation.get_language() or "en"
    parts = _kept.of((site.pk, language), lambda: _read_chrome(site, language, request))
    return Chrome(**{**parts, "alert": parts["alert"] if parts["alert"].is_shown() else None})


_kept: Kept[dict[str, Any]] = Kept()


def _read_chrome(site: Site, language: str, request: HttpRequest) -> dict[str, Any]:
    navigation = Navigation.for_site(site)
    helplines = list(helplines_in(language))
    return {
        "partnership": PartnershipSettings.for_site(site),
        "helplines": helplines,
        "bar_helplines": [line for line in helplines if line.in_bar],
        "header": _links([block.value for block in navigation.header], request),
        "footer": [(block.value["heading"], _links(block.value["links"], request)) for block in navigation.footer],
        "alert": AlertBanner.for_site(site),
        "urls": _urls(request, language),
        "partners": list(_lead_partners().values_list("name", flat=True)),
        "drawn": {},
    }


def _urls(request: HttpRequest, language: str) -> dict[str, str]:
    return {name: url for provider in frame_providers for name, url in provider.urls_for(request, language).items()}


def _lead_partners() -> QuerySet[Partner]:
    return Partner.objects.filter(locale__language_code=settings.LANGUAGE_CODE, is_lead=True)


def helplines_in(language: str) -> list[Helpline]:
    """All helplines in order, each in the asked language where it is translated, else in English."""
    chosen: dict[str, Helpline] = {}
    for line in Helpline.objects.select_related("locale").order_by("order", "name"):
        if line.key not in chosen or line.locale.language_code == language:
            chosen[line.key] = line
    return list(chosen.values())


def _links(values: list[dict[str, object]], request: HttpRequest) -> list[Link]:
    links = []
    for value in values:
        page = value.get("page")
        if isinstance(page, Page):
            translated = _in_active_language(page)
            if translated.live and not translated.get_view_restrictions().exists():
                # The short title of a menu is in the site's own language: a translated page goes by its own.
                own = "" if translated.pk != page.pk else value.get("title")
                url = translated.get_url(request) or "/"
                links.append(Link(str(own or translated.title), url, _other_language(translated.locale.language_code)))
        elif value.get("url"):
            lang = _other_language(settings.LANGUAGE_CODE) if value.get("title") else ""
            links.append(Link(str(value.get("title") or value["url"]), str(value["url"]), lang))
    return links


def _other_language(code: str) -> str:
    return "" if code == translation.get_language() else code


def _in_active_language(page: Page) -> Page:
    locale = Locale.get_active()
    return page.get_translation_or_none(locale) or page
