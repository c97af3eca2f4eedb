"""What the sign-in library does not bring: enrolment that cannot be skipped, open sessions, and doors that are closed."""

from typing import NoReturn
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.audit.services import record
from foundation.partnership.models import PartnershipSettings
from foundation.registries.areas import areas_of

from . import second_factor
from .models import User
from .sessions import end_others, open_sessions


@login_required
def enrol(request: HttpRequest) -> HttpResponse:
    """Where staff without a second factor are led: choose an authenticator app or a passkey."""
    if second_factor.has_factor(request.user):
        return redirect("mfa_index")
    return render(request, "accounts/enrol.html")


@login_required
def own_areas(request: HttpRequest) -> HttpResponse:
    """Where somebody without the admin goes on after signing in; in plain words, where nobody gave them a part yet."""
    person = request.user
    assert isinstance(person, User)
    found = [{"title": area.title(), "url": area.url()} for area in areas_of(person)]
    return render(
        request, "accounts/areas.html", {"areas": found, "partnership": PartnershipSettings.for_request(request)}
    )


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this person, this one too."""
    person = request.user
    assert isinstance(person, User)
    second_factor.end_sessions(person=person)
    record(action="accounts.signed_out_everywhere", actor=person, subject=person)
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@login_required
@reauthentication_required(allow_get=True)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where this person is signed in; POST ends one of the others, or all, once they have shown again who they are."""
    person, this = request.user, request.session.session_key
    assert isinstance(person, User)
    if request.method == "POST":
        mark = request.POST.get("session", "")
        end_others(person=person, this=this, mark=mark)
        messages.success(request, _("That session is ended.") if mark else _("All other sessions are ended."))
        return redirect("accounts_sessions")
    found = open_sessions(person=person, this=this)
    return render(request, "accounts/sessions.html", {"sessions": found, "has_others": len(found) > 1})


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey, unless it is the last factor of somebody who must have one."""
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    if not get_adapter().can_delete_authenticator(passkey):
        messages.error(request, _("This is your only second factor. Add another one first, then remove this one."))
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)


def closed(request: HttpRequest) -> NoReturn:
    """Answers like an address that was never there."""
    raise Http404


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the one sign-in page, keeping where the person was going if that is on this site."""
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(reverse("account_login"))
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def to_sign_out(request: HttpRequest) -> HttpResponse:
    """Wagtail's menu posts here; the library's own page signs out, so that it is written in the trail."""
    if request.method == "POST":
        logout(request)
    return redirect("account_login" if request.method == "POST" else "account_logout")


def to_password_reset(request: HttpRequest) -> HttpResponse:
    """Lead to the one page that helps with a forgotten password."""
    return redirect("account_reset_password")
