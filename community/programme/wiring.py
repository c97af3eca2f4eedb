"""Joins the programme to the rest: chores, demonstration, search, sitemap, the frame, what is open, what roles may do."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.registries.boundaries import boundary_providers
from foundation.registries.chores import Chore, chores
from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.frame import FrameProvider, frame_providers
from foundation.registries.joining import JoiningProvider, joining_providers
from foundation.registries.newsletter import Piece, PiecesProvider, newsletter_pieces
from foundation.registries.openings import Opening, OpeningsProvider, openings_providers
from foundation.registries.search import SearchHit, SearchProvider, search_providers
from foundation.registries.sitemaps import SitemapEntry, sitemap_providers

from .joining import benefits
from .permissions import register_permissions


def connect() -> None:
    """Once."""
    chores.register("programme: reminders", Chore(_remind))
    chores.register("programme: forget names and needs", Chore(_forget))
    chores.register("programme: evaluations that are over", Chore(_close_evaluations))
    chores.register("programme: free places go to who waits", Chore(_fill, is_daily=False))
    demo_parts.register("community 3: training and forums", DemoPart(_load_demo))
    search_providers.register("programme", SearchProvider(kind="course", label="Training and forums", find=_find))
    sitemap_providers.register("programme", _addresses)
    frame_providers.register("programme", FrameProvider(urls_for=_frame_urls))
    openings_providers.register("programme", OpeningsProvider(open_now=_open_now))
    boundary_providers.register("programme", _next_boundary)
    newsletter_pieces.register("programme", PiecesProvider(find=_find_dates, piece=_one_date))
    joining_providers.register("programme", JoiningProvider(benefits=benefits))
    register_permissions()


def _remind() -> int:
    from .services.reminders import send_what_is_due

    return send_what_is_due()


def _forget() -> int:
    from .services.forgetting import forget_what_is_over

    return forget_what_is_over()


def _close_evaluations() -> int:
    from .services.evaluation import close_what_is_over

    return close_what_is_over()


def _fill() -> int:
    from .services.bookings import fill_all_places

    return fill_all_places()


def _load_demo(refresh: bool) -> int:
    from .demo.loading import load_demo_programme

    return load_demo_programme(refresh)


def _frame_urls(request: HttpRequest, language: str) -> dict[str, str]:
    with translation.override(language):
        return {"whats_on": reverse("community:whats_on")}


def _open_now() -> list[Opening]:
    from .selectors.public import is_anything_open

    if not is_anything_open():
        return []
    return [
        Opening(
            title=_("Training and forums"),
            url=reverse("community:whats_on"),
            summary=_("For clubs, community groups and professionals. Book without an account."),
        )
    ]


def _next_boundary(moment: datetime) -> datetime | None:
    from .selectors.public import next_start_after

    return next_start_after(moment)


def _find_dates(words: str, limit: int) -> list[Piece]:
    from .newsletter import find

    return find(words, limit)


def _one_date(key: str) -> Piece | None:
    from .newsletter import piece

    return piece(key)


def _find(words: str, limit: int) -> list[SearchHit]:
    from .selectors.finding import find_courses

    return find_courses(words, limit)


def _addresses() -> list[SitemapEntry]:
    from .models import Course

    with translation.override(settings.LANGUAGE_CODE):
        rows = Course.objects.filter(is_offered=True).order_by("slug").values_list("slug", "updated_at")
        courses = [SitemapEntry(reverse("community:course", args=[slug]), changed) for slug, changed in rows]
        return [SitemapEntry(reverse("community:whats_on")), *courses]
