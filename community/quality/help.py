"""Where somebody finds help with an item that is not in place: our own page, and national guidance by its name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import ChecklistItem


@dataclass(frozen=True)
class HelpLink:
    """A template or guide. `is_ours`: a page of this site."""

    words: str
    url: str
    is_ours: bool


def help_links(items: Iterable[ChecklistItem]) -> dict[str, list[HelpLink]]:
    """Code of an item -> its links; one query for the pages of all. A page that is not live has no link."""
    items = list(items)
    pages = _live_pages({item.help_page for item in items if item.help_page})
    found: dict[str, list[HelpLink]] = {}
    for item in items:
        links = []
        if item.help_page in pages:
            links.append(pages[item.help_page])
        if item.help_url:
            links.append(HelpLink(item.help_name or _("A template or guide"), item.help_url, is_ours=False))
        found[item.code] = links
    return found


def _live_pages(wanted: set[str]) -> dict[str, HelpLink]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or not wanted:
        return {}
    by_path = {f"{site.root_page.url_path}{path.strip('/')}/": path for path in wanted}
    pages = Page.objects.live().public().filter(url_path__in=by_path)
    return {
        by_path[page.url_path]: HelpLink(page.title, page.get_url(current_site=site) or "", is_ours=True)
        for page in pages
    }
