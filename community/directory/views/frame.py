"""What all pages of the directory share: where they stand, what they tell nobody, and how something absent looks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.partnership.models import Helpline
from foundation.partnership.selectors import Chrome, chrome_for
from foundation.partnership.trail import trail_from_home

from ...places.table import ATTRIBUTION
from ..disclaimer import DISCLAIMER, DISTANCES, NOT_LISTED, SHORT_DISCLAIMER
from ..models import Listing

View = Callable[..., HttpResponse]


def tells_nobody(view: View) -> View:
    """No page of the directory says where its reader comes from, and none may be kept without asking us again: a
    postcode or a shortlist stands in the address, and a suspension counts at once. A search is not kept at all."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        kept = "no-store" if request.GET or request.method == "POST" or response.status_code != 200 else "no-cache"
        response.headers["Cache-Control"] = f"private, {kept}"
        return response

    return wrapped


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200, trail: tuple[str, ...] = ()
) -> HttpResponse:
    """A page of the directory. `trail`: titles and addresses in turn, of the pages between the directory and this one."""
    frame = frame_of(request)
    above = [(_("Clubs near you"), reverse("community:directory")), *zip(trail[::2], trail[1::2], strict=True)]
    words = {
        "chrome": frame,
        "call_lines": _lines_to_call(request),
        "breadcrumbs": trail_from_home(frame, above),
        "disclaimer": DISCLAIMER,
        "short_disclaimer": SHORT_DISCLAIMER,
        "distances": DISTANCES,
        "attribution": ATTRIBUTION,
    }
    return render(request, f"community/directory/{template}", {**words, **context}, status=status)


def absent(request: HttpRequest) -> HttpResponse:
    """A setting that is not on the register: hidden, lapsed, suspended, removed or never heard of, it looks the same.

    Nothing of the request stands on the page, so the bytes are the same whatever was asked for.
    """
    return show(request, "absent.html", {"words": NOT_LISTED, "no_index": True, "exit_page": True}, status=404)


def listing_or_none(slug: str) -> Listing | None:
    """A listing that is public at this moment."""
    return Listing.objects.public().filter(slug=slug).first()


def frame_of(request: HttpRequest) -> Chrome | None:
    """The frame of the page, read once for a request: its parts are many, and unpacking them takes a while."""
    if not hasattr(request, "directory_frame"):
        request.directory_frame = chrome_for(request)  # type: ignore[attr-defined]
    frame: Chrome | None = request.directory_frame  # type: ignore[attr-defined]
    return frame


def area_of(request: HttpRequest) -> str:
    """The partnership's area as it calls it; plain words where it says none."""
    frame = frame_of(request)
    return (frame.partnership.area if frame is not None else "") or _("this area")


def _lines_to_call(request: HttpRequest) -> list[Helpline]:
    """Whom a parent calls about a child at a club: the emergency services, the local front door, one for adults."""
    frame = frame_of(request)
    lines = [line for line in frame.helplines if line.phone] if frame is not None else []
    lines = [line for line in lines if line.audience != Helpline.Audience.PROFESSIONAL]
    first = [line for line in lines if line.is_emergency or line.is_local]
    adult = [line for line in lines if line.audience == Helpline.Audience.ADULT and line not in first]
    return [*first, *adult[:1]]
