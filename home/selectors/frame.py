"""What every page knows about itself and its place: the way to it, its languages, what a shared link shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.addresses import address_of, root_of

from .languages import english_changed_at, versions_of


def trail_to(page: Page) -> list[Page]:
    """The pages above, the home page first. No query when the page was found by `home.routing`."""
    kept = getattr(page, "trail", None)
    if kept is not None:
        return list(kept[:-1])
    if not page.path:
        return []
    return list(page.get_ancestors().filter(depth__gte=2).order_by("depth"))


def breadcrumbs_of(page: Page, request: HttpRequest | None) -> list[dict[str, str]]:
    """Links to the pages above; one that is not public is passed over."""
    crumbs = []
    for position, above in enumerate(trail_to(page)):
        if above.live:
            title = _("Home") if position == 0 else above.title
            crumbs.append({"title": title, "url": address_of(above.url_path, request) or above.get_url(request) or "/"})
    return crumbs


def frame_of(page: Any, request: HttpRequest | None) -> dict[str, Any]:
    """The context that all page templates share. Two queries at most: the languages, and a picture if there is one."""
    alternates = versions_of(page, request)
    own = next((version for version in alternates if version.current), None)
    root = root_of(page.url_path, request)
    return {
        "breadcrumbs": breadcrumbs_of(page, request),
        "alternates": alternates,
        "canonical_url": own.full_url if own else (page.get_full_url(request) or ""),
        "english_changed_at": english_changed_at(page.translated_at or page.last_published_at, alternates),
        "share_url": short_address(page, root.root_url if root else ""),
        "social_image_url": picture_address(page),
    }


def short_address(page: Any, root_url: str) -> str:
    """The permanent short address, for QR codes: it outlives a change of the page's own address."""
    return f"{root_url}/l/{page.pk}/" if page.pk else ""


def picture_address(page: Any) -> str:
    """The picture that a shared link shows; empty for the site's own."""
    if not page.social_image_id:
        return ""
    return page.social_image.get_rendition("fill-1200x630|format-jpeg").url
