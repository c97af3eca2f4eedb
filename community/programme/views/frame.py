"""What the public pages of the programme share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.partnership.selectors import Chrome, chrome_for
from foundation.partnership.trail import trail_from_home

from .. import links
from ..errors import LinkDoesNotWork

View = Callable[..., HttpResponse]


def always_asked(view: View) -> View:
    """The number of places changes by the minute: the page is kept by nobody without asking us again."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        kept = "no-store" if request.method == "POST" or response.status_code != 200 else "no-cache"
        response.headers.setdefault("Cache-Control", f"private, {kept}")
        return response

    return wrapped


def for_one_person(view: View) -> View:
    """A page behind a link from a mail: kept nowhere, found by nobody, and its address told to no other site."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def for_a_booking(view: View) -> View:
    """A page behind the link of a booking: the view gets the booking and the link's token. A word where it leads nowhere."""

    @for_one_person
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        try:
            booking = links.booking_of(token)
        except LinkDoesNotWork as error:
            return gone(request, words=str(error))
        return view(request, booking, token)

    return wrapped


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200, trail: tuple[str, ...] = ()
) -> HttpResponse:
    """A page of the programme. `trail`: titles and addresses in turn, of the pages above this one."""
    chrome = frame_of(request)
    above = [(_("What’s on"), reverse("community:whats_on")), *zip(trail[::2], trail[1::2], strict=True)]
    form = context.get("form")
    words = {
        "chrome": chrome,
        "breadcrumbs": trail_from_home(chrome, above),
        "form_has_errors": bool(form is not None and form.has_errors),
    }
    return render(request, f"community/programme/{template}", {**words, **context}, status=status)


def frame_of(request: HttpRequest) -> Chrome | None:
    """The frame of the page, read once for a request."""
    if not hasattr(request, "programme_frame"):
        request.programme_frame = chrome_for(request)  # type: ignore[attr-defined]
    frame: Chrome | None = request.programme_frame  # type: ignore[attr-defined]
    return frame


def partnership_name(request: HttpRequest) -> str:
    """Who holds the programme."""
    frame = frame_of(request)
    return frame.partnership.name if frame is not None else ""


def gone(request: HttpRequest, *, words: str, status: int = 404) -> HttpResponse:
    """A clear word where a link leads nowhere or comes too late."""
    return show(request, "gone.html", {"words": words, "no_index": True}, status=status)


def form_status(form: Any) -> int:
    """429 where somebody sent too often, 422 for what must be mended, else 200."""
    if not form.is_bound:
        return 200
    return 429 if form.is_over_limit() else 422
