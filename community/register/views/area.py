"""The gate of the owners' area, and what its pages share."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from foundation.accounts.doors import SEEN_AT, SEEN_EVERY
from foundation.accounts.models import User
from foundation.faults.typed import typed_before

from ..enums import MembershipRole
from ..models import Membership, Setting
from ..selectors.standing import standing_of

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """The page of one person: kept nowhere. (No stricter referrer policy than the site's: with "no-referrer" a browser
    sends its forms from nowhere, and the guard of forms refuses them.)"""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return inner


def signed_in(view: View) -> View:
    """Only for somebody who has signed in; others are led to the door, and what they typed is shown to them."""

    @private
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_the_door(request)
        if time.time() - request.session.get(SEEN_AT, 0) > SEEN_EVERY:
            request.session[SEEN_AT] = time.time()
        return view(request, *args, **kwargs)

    return inner


def member(view: View) -> View:
    """Only for whoever looks after the setting. For everybody else there is no such page."""

    @signed_in
    @wraps(view)
    def inner(request: HttpRequest, pk: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        membership = (
            Membership.objects.select_related("setting__published")
            .filter(setting_id=pk, user=cast(User, request.user))
            .first()
        )
        if membership is None:
            raise Http404
        request.membership = membership  # type: ignore[attr-defined]
        return view(request, membership.setting, *args, **kwargs)

    return inner


def owner(view: View) -> View:
    """Only for owners; an editor is told to ask one."""

    @member
    @wraps(view)
    def inner(request: HttpRequest, setting: Setting, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_owner(request):
            raise PermissionDenied
        return view(request, setting, *args, **kwargs)

    return inner


def is_owner(request: HttpRequest) -> bool:
    """Whether the person is an owner of the setting of this page."""
    return request.membership.role == MembershipRole.OWNER  # type: ignore[attr-defined]


def show(
    request: HttpRequest, template: str, setting: Setting | None = None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Draw a page of the area."""
    about = {}
    if setting is not None:
        about = {"setting": setting, "standing": standing_of(setting), "is_owner": is_owner(request)}
    form = context.get("form")
    found = {"no_index": True, "form_has_errors": bool(form is not None and form.has_errors), **about, **context}
    return render(request, f"community/register/{template}", found, status=status)


def typed(request: HttpRequest) -> Any:
    """What was sent, for a form; None where nothing was. An empty form that was sent is still one that was sent."""
    return request.POST if request.method == "POST" else None


def go(name: str, *args: Any) -> HttpResponseRedirect:
    """On to another page of the area, by GET, so that reloading sends nothing twice."""
    return see(reverse(f"community:{name}", args=args))


def see(address: str) -> HttpResponseRedirect:
    """On to this address of the area, by GET."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _to_the_door(request: HttpRequest) -> HttpResponse:
    door = reverse("community:sign_in")
    if request.method == "POST":
        return show(request, "signed_out.html", status=403, typed=typed_before(request), door=door)
    return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
