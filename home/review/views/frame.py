"""The gate of /review/, and what its pages share. For everybody who is no Young Advisor there is no such page."""

from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.own_pages import View, lead_to, signed_in_or
from foundation.faults.typed import typed_before
from foundation.partnership.selectors import chrome_for
from foundation.partnership.trail import trail_from_home

from ..selectors import is_young_advisor


def signed_in(view: View) -> View:
    """Whoever has signed in. Others are led to the door; what they had typed is shown to them."""
    return signed_in_or(_to_the_door)(view)


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
    found = {"chrome": chrome, "breadcrumbs": trail_from_home(chrome, trail), "no_index": True, **context}
    return render(request, f"home/review/{template}", found, status=status)


def above(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The trail to a page below the list."""
    return [(_("Review"), reverse("review")), *more]


def _to_the_door(request: HttpRequest) -> HttpResponse:
    door = reverse("review_sign_in")
    if request.method == "POST":
        context = {"typed": [text for _name, text in typed_before(request)], "door": door}
        return show(request, "own/signed_out.html", context, trail=[], status=403)
    return lead_to(door, back=request.get_full_path())
