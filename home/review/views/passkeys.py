"""Passkeys of Young Advisors: a finger or a face instead of a link. Kept on a page of their own, without a password."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.accounts.own_pages import private
from foundation.accounts.passkeys import AddPasskey, PasskeyDoor, may_change_passkeys, passkeys_of
from foundation.redirects import see_other

from .frame import above, show, user_of, young_advisors_only


class _Door(PasskeyDoor):
    def page(self, request: HttpRequest, *, has_failed: bool) -> HttpResponse:
        wanted = request.POST.get("next", "") or request.GET.get("next", "")
        is_here = bool(wanted) and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
        words = _("That passkey did not open anything. Try again, or let us send you a link.")
        context = {
            "next_path": wanted if is_here else reverse("review"),
            "form": {"error_summary": [{"text": words, "target": ""}] if has_failed else []},
            "form_has_errors": has_failed,
        }
        return show(request, "own/passkey_sign_in.html", context, trail=[], status=422 if has_failed else 200)


class _Add(AddPasskey):
    success_url = reverse_lazy("review_passkeys")

    def render_to_response(self, context: dict[str, Any], **_more: Any) -> HttpResponse:
        return _page(self.request, adding=context, has_failed=bool(context["form"].errors))


passkey_sign_in = private(require_http_methods(["GET", "HEAD", "POST"])(_Door.as_view()))
_add = _Add.as_view()


@young_advisors_only
@require_http_methods(["GET", "HEAD", "POST"])
def passkeys(request: HttpRequest) -> HttpResponse:
    """One's own passkeys: those there are, a new one, and taking one away."""
    if not may_change_passkeys(request):
        return _page(request, adding=None, has_failed=False)
    if request.POST.get("act") == "remove":
        key = request.POST.get("passkey", "")
        found = get_object_or_404(passkeys_of(user_of(request)), pk=key if key.isascii() and key.isdigit() else 0)
        remove_webauthn(request, pk=found.pk)
        return _done(request, _("The passkey is gone. It opens nothing any more."))
    response: HttpResponse = _add(request)
    if response.status_code != 302:
        return response
    return _done(request, _("Your passkey is added. Next time choose “Sign in with a passkey instead”."))


def _done(request: HttpRequest, words: str) -> HttpResponse:
    """Our words in the place of the library's, which speaks of security keys and of codes to write down. Those codes are for
    who has a password; nobody here has one, so there are none."""
    if not user_of(request).has_usable_password():
        Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    list(messages.get_messages(request))
    messages.success(request, words)
    return see_other(reverse("review_passkeys"))


def _page(request: HttpRequest, *, adding: dict[str, Any] | None, has_failed: bool) -> HttpResponse:
    """`adding`: what the form and its script need; None where the person must sign in again first."""
    problems = [{"text": _("No passkey was made. Try again."), "target": ""}] if has_failed else []
    context = {
        **(adding or {}),
        "passkeys": passkeys_of(user_of(request)),
        "form": {"error_summary": problems},
        "name": request.POST.get("name") or _("My phone"),
        "may_change": adding is not None,
        "form_has_errors": has_failed,
    }
    refused = 403 if request.method == "POST" and adding is None else 200
    return show(request, "own/passkeys.html", context, trail=above(), status=422 if has_failed else refused)
