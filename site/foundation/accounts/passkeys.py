"""Passkeys of people without a password: to sign in with one alone, and to keep one's own.

The library's views do the work; a room gives them its own pages by subclassing. Nobody adds or removes a passkey
unless this session has proved lately who it is, by a link in a mail or by a passkey.
"""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from . import second_factor
from .models import User


def passkeys_of(person: User) -> "QuerySet[Authenticator]":
    """The person's passkeys, the oldest first."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def may_change_passkeys(request: HttpRequest) -> bool:
    """Whether this session has proved lately who it is."""
    return second_factor.proved_lately(request, within=app_settings.REAUTHENTICATION_TIMEOUT)


class PasskeyDoor(LoginWebAuthnView):
    """Signing in by a passkey alone. The form's field `next` says where to go then. Needs JavaScript, as passkeys do."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with the button; for the script, what the browser is to ask the passkey."""
        if get_adapter().is_ajax(request):
            return super().get(request, *args, **kwargs)
        return self.page(request, has_failed=False)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.page(self.request, has_failed=True)

    def page(self, request: HttpRequest, *, has_failed: bool) -> HttpResponse:
        """The room's own page. `has_failed`: the last try opened nothing."""
        raise NotImplementedError


class AddPasskey(AddWebAuthnView):
    """Adding a passkey that can sign in alone. The room sets `success_url` and gives it a page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data() | kwargs

    def get_success_url(self) -> str:
        return str(self.success_url)
