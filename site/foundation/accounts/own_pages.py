"""Pages of people who sign in and are no staff: kept nowhere, and for nobody else."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control

from .doors import SEEN_AT, SEEN_EVERY

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """One person's page: kept nowhere, found by no search engine. (No stricter referrer policy than the site's: with
    "no-referrer" a browser sends its forms from nowhere, and the guard of forms refuses them.)"""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return inner


def signed_in_or(at_the_door: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """A private page for whoever has signed in; for others, the answer of `at_the_door`. Keeps the session alive."""

    def gate(view: View) -> View:
        @private
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return at_the_door(request)
            if time.time() - request.session.get(SEEN_AT, 0) > SEEN_EVERY:
                request.session[SEEN_AT] = time.time()
            return view(request, *args, **kwargs)

        return inner

    return gate


def lead_to(door: str, back: str) -> HttpResponseRedirect:
    """On to the address of a door, which leads back to `back` afterwards."""
    return HttpResponseRedirect(f"{door}?{urlencode({'next': back})}")
