"""The gate of /review/, and what its pages share. For everybody who is no Young Advisor there is no such page."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from foundation.accounts.doors import SEEN_AT, SEEN_EVERY
from foundation.accounts.models import User
from foundation.faults.typed import typed_before
from foundation.partnership.selectors import chrome_for

from ..selectors import is_young_advisor

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """One person's page: kept nowhere, found by no search engine."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return inner


def signed_in(view: View) -> View:
    """Whoever has signed in. Others are led to the door; what they had typed is shown to them."""

    @private
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_the_door(request)
        if time.time() - request.session.get(SEEN_AT, 0) > SEEN_EVERY:
            request.session[SEEN_AT] = time.time()
        return view(request, *args, **kwargs)

    return inner


def young_advisors_only(view: View) -> View:
    """Signed in, with the role."""

    @signed_in
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_young_advisor(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


def user_of(request: HttpRequest) -> User:
    """Who is signed in: the gate lets nobody else in."""
    return cast(User, request.user)


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, trail: list[tuple[str, str]], status: int = 200
) -> HttpResponse:
    """A page in the site's frame. `trail`: (title, address) of the pages above this one."""
    chrome = chrome_for(request)
    home = (chrome.urls.get("home") if chrome else None) or "/"
    crumbs = [{"title": _("Home"), "url": home}, *({"title": title, "url": url} for title, url in trail)]
    found = {"chrome": chrome, "breadcrumbs": crumbs, "no_index": True, **context}
    return render(request, f"home/review/{template}", found, status=status)


def above(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The trail to a page below the list."""
    return [(_("Review"), reverse("review")), *more]


def see_other(url: str) -> HttpResponse:
    """After a form was taken."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _to_the_door(request: HttpRequest) -> HttpResponse:
    door = reverse("review_sign_in")
    if request.method == "POST":
        context = {"typed": [text for _name, text in typed_before(request)], "door": door}
        return show(request, "own/signed_out.html", context, trail=[], status=403)
    return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
