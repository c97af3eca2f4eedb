"""One listing: its page, its questions, its QR code, its calendar."""

from io import BytesIO
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...places.terms import terms
from ..ical import calendar_of
from ..listing_page import page_of
from ..models import Listing
from ..questions import question_sheet
from ..shortlist import shortlist_of
from .frame import absent, listing_or_none, show, tells_nobody


@require_safe
@tells_nobody
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is public of a setting, as it holds today."""
    found = listing_or_none(slug)
    if found is None:
        return absent(request)
    shortlist = shortlist_of(request)
    here = reverse("community:listing", args=[found.slug])
    url = request.build_absolute_uri(here)
    context = {
        "listing": found,
        "canonical_url": url,
        "shortlist": shortlist,
        "is_kept": found.slug in shortlist,
        "add": here + shortlist.with_(found.slug).query(),
        "drop": here + shortlist.without(found.slug).query(),
        "back": reverse("community:directory") + shortlist.query(),
        "no_index": bool(request.GET),
        **page_of(found, now=timezone.now(), terms=terms(), url=url),
    }
    return show(request, "listing.html", context)


@require_safe
@tells_nobody
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet with what the listing does not answer, to print and take along."""
    found = listing_or_none(slug)
    if found is None:
        return absent(request)
    context = {
        "listings": [found],
        "sheet": question_sheet([found], today=timezone.localdate()),
        "no_index": True,
        "printed_on": timezone.localdate(),
    }
    return show(request, "questions.html", context, trail=(found.name, reverse("community:listing", args=[found.slug])))


@require_safe
@tells_nobody
def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The listing's address as a drawing to print."""
    found = listing_or_none(slug)
    if found is None:
        return absent(request)
    address = request.build_absolute_uri(reverse("community:listing", args=[found.slug]))
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream,
        kind="svg",
        scale=4,
        border=2,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        dark="#1d1128",
        light="#fff",
    )
    return HttpResponse(stream.getvalue(), content_type="image/svg+xml")


@require_safe
@tells_nobody
def sessions_calendar(request: HttpRequest) -> HttpResponse:
    """`?setting=` a slug or an id: the sessions for somebody's own calendar."""
    found = _by_slug_or_id(request.GET.get("setting", ""))
    if found is None:
        return absent(request)
    url = request.build_absolute_uri(reverse("community:listing", args=[found.slug]))
    body = calendar_of(found, url=url, today=timezone.localdate(), terms=terms())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response


def _by_slug_or_id(text: str) -> Listing | None:
    try:
        return Listing.objects.public().filter(pk=UUID(text)).first()
    except ValueError:
        return listing_or_none(text) if text else None
