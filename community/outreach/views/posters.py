"""Posters of a campaign: the sheet to print, and what its code opens."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.counts.readers import is_machine

from ...officers import OfficerView
from ..models import Poster
from ..permissions import RUN_CAMPAIGNS
from ..scans import count_scan


@require_safe
def open_poster(request: HttpRequest, code: str) -> HttpResponse:
    """Count, and go on to the page. A poster stays on a wall longer than a page: where the page or the poster is gone,
    the front page with its phone numbers opens."""
    poster = Poster.objects.filter(code=code.upper()).select_related("page").first()
    page = poster.page if poster is not None and poster.page is not None and poster.page.live else None
    if poster is not None and page is not None and _is_person(request):
        count_scan(poster)
    response = HttpResponseRedirect((page.get_url(request) if page else None) or "/")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def address_of(poster: Poster) -> str:
    """What the code holds."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("outreach_poster", args=[poster.code])


class PosterSheetView(OfficerView):
    """The sheet to print: the page's title, the way to it, and who to call."""

    permission = RUN_CAMPAIGNS
    room = ("outreach", "")
    template_name = "community/outreach/poster.html"

    def get(self, request: HttpRequest, campaign_id: int, poster_id: int) -> HttpResponse:
        rows = Poster.objects.exclude(page=None).select_related("page", "campaign")
        poster = get_object_or_404(rows, pk=poster_id, campaign=campaign_id)
        assert poster.page is not None
        context: dict[str, Any] = {"poster": poster, "page": poster.page.specific, "address": address_of(poster)}
        return self.render_to_response(context)


def _is_person(request: HttpRequest) -> bool:
    """Not a program, not staff who try the sheet, not a browser that looks ahead."""
    meta = request.META
    ahead = "prefetch" in meta.get("HTTP_SEC_PURPOSE", "") or "prefetch" in meta.get("HTTP_PURPOSE", "")
    return (
        request.method == "GET"
        and not ahead
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not is_machine(meta.get("HTTP_USER_AGENT", ""))
    )
