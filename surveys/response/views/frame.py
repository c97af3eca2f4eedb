"""What these pages share: the frame, and whose subgroup it is."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.partnership.models import Subgroup, SubgroupMember
from foundation.partnership.selectors import chrome_for
from foundation.partnership.trail import trail_from_home

from ...results.views.subgroups import own_subgroup
from ..models import Finding, Response
from ..permissions import EDIT
from ..selectors import findings_of


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, trail: list[tuple[str, str]], status: int = 200
) -> HttpResponse:
    """A page in the site's frame. `trail`: (title, address) of the pages above this one."""
    chrome = chrome_for(request)
    found = {"chrome": chrome, "breadcrumbs": trail_from_home(chrome, trail), **context}
    return render(request, template if "/" in template else f"surveys/response/{template}", found, status=status)


def user_of(request: HttpRequest) -> User:
    """Who is signed in: the door before these views lets nobody else in."""
    return cast(User, request.user)


def may_write(request: HttpRequest, subgroup: Subgroup) -> bool:
    """Whether this person writes for the subgroup: those who sit on it, and survey managers."""
    seat = SubgroupMember.objects.filter(user=request.user.pk, subgroup=subgroup)
    return request.user.has_perm(EDIT) or seat.exists()


def writable_subgroup(request: HttpRequest, key: str) -> Subgroup:
    """The subgroup, if this person writes for it; for everybody else there is no such page."""
    subgroup = own_subgroup(request, key)
    if not may_write(request, subgroup):
        raise Http404
    return subgroup


def own_finding(subgroup: Subgroup, pk: int) -> Finding:
    """The subgroup's finding; another subgroup's is as unknown as one that does not exist."""
    finding = findings_of(subgroup).filter(pk=pk).first()
    if finding is None:
        raise Http404
    return finding


def own_response(finding: Finding, pk: int) -> Response:
    """The finding's response."""
    response = finding.responses.filter(pk=pk).first()
    if response is None:
        raise Http404
    return response


def trail_of(subgroup: Subgroup, finding: Finding | None = None) -> list[tuple[str, str]]:
    """From the subgroups down to the finding."""
    trail = [
        (_("My subgroups"), reverse("my_subgroups")),
        (subgroup.name, reverse("subgroup_results", args=[subgroup.key])),
        (_("Findings"), reverse("subgroup_findings", args=[subgroup.key])),
    ]
    return (
        [*trail, (finding.you_said, reverse("subgroup_finding", args=[subgroup.key, finding.pk]))] if finding else trail
    )
