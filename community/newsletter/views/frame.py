"""What the public pages of the newsletter share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.partnership.selectors import chrome_for
from foundation.partnership.sites import site_for
from foundation.partnership.trail import trail_from_home

from ..models import NewsletterSettings

View = Callable[..., HttpResponse]


def about_one_person(view: View) -> View:
    """A page behind a link of somebody's own, or one that takes what somebody types: kept by nobody, found by no search,
    and its address is told to no other site."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200, is_root: bool = False
) -> HttpResponse:
    """A page below the newsletter's own; `is_root` for that one itself."""
    chrome = chrome_for(request)
    above = [] if is_root else [(_("Newsletter"), reverse("newsletter:archive"))]
    site = site_for(request)
    about = NewsletterSettings.for_site(site).about if site else ""
    found = {"chrome": chrome, "breadcrumbs": trail_from_home(chrome, above), "about": about, **context}
    return render(request, f"community/newsletter/{template}", found, status=status)
