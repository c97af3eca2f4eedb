"""What the public pages add to Wagtail: snippets in the menu, and link handlers that ask once for a whole page."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import dashboard  # noqa: F401  (registers its hook)
from .links import KnownDocumentLinkHandler, KnownPageLinkHandler
from .translating import CarefulUpdateTranslationsView
from .viewsets import SortingViewSetGroup

register_snippet(SortingViewSetGroup)


# After Wagtail's own registrations (order 0), which these replace.
@hooks.register("register_rich_text_features", order=10)
def register_link_handlers(features: Any) -> None:
    """Read the links of a page's texts together."""
    features.register_link_type(KnownPageLinkHandler)
    features.register_link_type(KnownDocumentLinkHandler)


@hooks.register("construct_page_chooser_queryset")
def choose_without_bodies(pages: Any, _request: HttpRequest) -> Any:
    """The chooser's search shows titles, and reads 25 pages at each key: without their bodies. Its lists do so anyway."""
    return pages.defer_streamfields()


# Before wagtail-localize's own (order 0): the first pattern that fits is the one that answers.
@hooks.register("register_admin_urls", order=-10)
def translation_urls() -> list[URLPattern]:
    """The one address of wagtail-localize that would publish without asking whether the person may."""
    address = "localize/update/<int:translation_source_id>/"
    return [path(address, CarefulUpdateTranslationsView.as_view(), name="careful_update_translations")]
