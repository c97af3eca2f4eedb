"""The gate of the owners' area, and what its pages share."""

from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from foundation.accounts.models import User
from foundation.accounts.own_pages import View, lead_to, signed_in_or
from foundation.faults.typed import typed_before
from foundation.redirects import see_other

from ..enums import MembershipRole
from ..models import Membership, Setting
from ..selectors.standing import standing_of


def signed_in(view: View) -> View:
    """Only for somebody who has signed in; others are led to the door, and what they typed is shown to them."""
    return signed_in_or(_to_the_door)(view)


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
    return see_other(reverse(f"community:{name}", args=args))


def _to_the_door(request: HttpRequest) -> HttpResponse:
    door = reverse("community:sign_in")
    if request.method == "POST":
        return show(request, "signed_out.html", status=403, typed=typed_before(request), door=door)
    return lead_to(door, back=request.get_full_path())
