"""Colleagues: who looks after a setting, inviting, removing, leaving; and joining by an invitation."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.links import services as links
from foundation.accounts.models import User
from foundation.accounts.own_pages import private

from ...errors import RegistryError
from ..enums import MembershipRole
from ..forms.people import InviteForm
from ..models import Invitation, Membership, Setting
from ..services import colleagues as service
from .area import go, member, owner, show


@member
def colleagues(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Who looks after the setting."""
    return _show(request, setting, InviteForm())


def _show(request: HttpRequest, setting: Setting, form: InviteForm) -> HttpResponse:
    return show(
        request, "colleagues.html", setting, form=form,
        members=setting.memberships.select_related("user"), invitations=service.open_invitations(setting),
        status=422 if form.has_errors else 200,
    )  # fmt: skip


@owner
@require_POST
def invite(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Ask somebody by mail."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            service.invite(
                setting=setting, email=form.cleaned_data["email"], role=form.cleaned_data["role"], by=request.user
            )
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("We have sent the invitation. It works for 14 days."))
            return go("colleagues", setting.pk)
    return _show(request, setting, form)


@owner
@require_POST
def take_back(request: HttpRequest, setting: Setting, invitation: str) -> HttpResponse:
    """Make an invitation stop working."""
    row = get_object_or_404(Invitation, pk=invitation, setting=setting, used_at__isnull=True)
    service.take_back(invitation=row, by=request.user)
    messages.success(request, _("The invitation does not work any more."))
    return go("colleagues", setting.pk)


@owner
@require_POST
def change_role(request: HttpRequest, setting: Setting, membership: int) -> HttpResponse:
    """Owner to editor, or back."""
    row = get_object_or_404(Membership, pk=membership, setting=setting)
    role = MembershipRole.EDITOR if row.role == MembershipRole.OWNER else MembershipRole.OWNER
    return _try(request, setting, lambda: service.change_role(membership=row, role=role, by=request.user))


@owner
def remove(request: HttpRequest, setting: Setting, membership: int) -> HttpResponse:
    """Asks once, then ends a colleague's access."""
    row = get_object_or_404(Membership.objects.select_related("user"), pk=membership, setting=setting)
    if request.method != "POST":
        return show(request, "remove_colleague.html", setting, row=row)
    return _try(request, setting, lambda: service.remove(membership=row, by=request.user))


@member
def leave(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Asks once, then ends one's own access."""
    if request.method != "POST":
        return show(request, "leave.html", setting)
    try:
        service.remove(membership=request.membership, by=request.user)  # type: ignore[attr-defined]
    except RegistryError as error:
        messages.error(request, str(error))
        return go("colleagues", setting.pk)
    messages.success(request, _("You do not look after this setting any more."))
    return go("my_settings")


def _try(request: HttpRequest, setting: Setting, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except RegistryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done."))
    still_there = setting.memberships.filter(user=cast(User, request.user)).exists()
    return go("colleagues", setting.pk) if still_there else go("my_settings")


@private
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET says who asks for what; POST joins and signs in: whoever holds the link holds the mailbox."""
    try:
        invitation = service.look_at_invitation(token)
        if request.method == "POST":
            response = _join(request, token, invitation)
        else:
            response = show(request, "invitation.html", invitation=invitation)
    except service.InvitationDoesNotWork as why:
        response = show(request, "dead_invitation.html", words=str(why), status=410)
    except links.LinkDoesNotWork as why:
        is_staff = isinstance(why, links.StaffUsePassword)
        response = show(request, "dead_invitation.html", is_staff=is_staff, status=410)
    return response


def _join(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    person = _person(request, invitation)
    setting = service.accept(token=token, by=person)
    if request.user != person:
        links.sign_in(request, person)
    messages.success(request, _("You look after %(name)s now.") % {"name": setting.name})
    return go("setting", setting.pk)


def _person(request: HttpRequest, invitation: Invitation) -> User:
    """Whoever is signed in with the invited address; else the account of the mailbox."""
    if request.user.is_authenticated and request.user.email == invitation.email:
        return request.user
    return links.person_of_mailbox(email=invitation.email)
