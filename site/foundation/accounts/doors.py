"""The gate: who may come near a staff door, and how long a session lives."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from . import second_factor

View = Callable[[HttpRequest], HttpResponse]
Session = SessionBase | dict[str, Any]

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SEEN_EVERY = 60
"""Seconds between two notes that somebody is there: one write a minute, not one a request."""

CLOCKS_DIFFER = 120
"""Seconds that the clocks of two servers may be apart."""

SIGN_OUT = "/admin/logout/"
"""Leaving is open to everybody."""

# An open editor asks these by itself every few seconds; that nobody sits there is the point.
NOT_A_SIGN_OF_LIFE = ("/admin/editing-sessions/", "/admin/sprite", "/admin/jsi18n")

OPEN_TO_A_HALF_OPEN_SESSION = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
}


def is_staff_door(path: str) -> bool:
    """Whether the address belongs to staff."""
    return path.startswith(tuple(settings.STAFF_PATHS)) or f"{path}/" in settings.STAFF_PATHS


def is_account_door(path: str) -> bool:
    """Whether the address is about signing in and one's own account."""
    return path.startswith(settings.ACCOUNT_PATH)


def has_session_cookie(request: HttpRequest) -> bool:
    """Whether a session may exist. Without its cookie nobody looks at the session, so public pages stay cacheable."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_over(session: Session, person: Any) -> bool:
    """Whether this person's session is too old, was idle for too long, or was ended from elsewhere."""
    now = time.time()
    began = session.get(SIGNED_IN_AT, 0)
    seen = session.get(SEEN_AT, 0)
    ended = getattr(person, "sessions_valid_from", None)
    return (
        now - began > settings.SESSION_COOKIE_AGE
        or now - seen > settings.SESSION_IDLE_SECONDS
        # Begun in the future: the clock was set back, and the session would outlive its time by so much.
        or max(began, seen) > now + CLOCKS_DIFFER
        or (ended is not None and began < ended.timestamp())
    )


class SessionLifeMiddleware:
    """End a session that is too old, was idle for too long, or was ended from elsewhere."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session_cookie(request) and request.user.is_authenticated:
            if is_over(request.session, request.user):
                logout(request)
            elif self._is_sign_of_life(request):
                request.session[SEEN_AT] = time.time()
        return self.get_response(request)

    def _is_sign_of_life(self, request: HttpRequest) -> bool:
        path = request.path_info
        if not (is_staff_door(path) or is_account_door(path)) or path.startswith(NOT_A_SIGN_OF_LIFE):
            return False
        return time.time() - request.session.get(SEEN_AT, 0) > SEEN_EVERY


class StaffDoorMiddleware:
    """Open a staff door only to a session that has passed a second factor, by whatever way it came in.

    Somebody without a factor is led to enrol one. Away from the staff doors, a staff session that has not passed
    counts as nobody, so that it opens no private page either.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_staff_door(request.path_info) and request.path_info != SIGN_OUT:
            return self._at_staff_door(request)
        if has_session_cookie(request) and not is_account_door(request.path_info) and _is_half_open_staff(request):
            request.user = AnonymousUser()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: list, kwargs: dict) -> HttpResponse | None:
        """A session that still owes its second factor may not change the account either."""
        if not is_account_door(request.path_info) or not has_session_cookie(request):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OPEN_TO_A_HALF_OPEN_SESSION or not request.user.is_authenticated:
            return None
        if second_factor.session_has_passed(request) or not second_factor.has_factor(request.user):
            return None
        return _ask_for_factor(request)

    def _at_staff_door(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.headers.get("X-Requested-With") == "XMLHttpRequest":
                raise PermissionDenied
            return _lead_to("account_login", request)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if second_factor.session_has_passed(request):
            return self.get_response(request)
        if second_factor.has_factor(request.user):
            return _ask_for_factor(request)
        return HttpResponseRedirect(reverse("accounts_enrol"))


def _is_half_open_staff(request: HttpRequest) -> bool:
    return (
        request.user.is_authenticated
        and not second_factor.session_has_passed(request)
        and request.user.has_perm("wagtailadmin.access_admin")
    )


def _ask_for_factor(request: HttpRequest) -> HttpResponse:
    has_app = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists()
    return _lead_to("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn", request)


def _lead_to(name: str, request: HttpRequest) -> HttpResponse:
    # Wagtail's own sign-in page is closed: nobody is sent back to it, nor to the page that signs out.
    back = request.get_full_path()
    if request.method != "GET" or back.startswith(("/admin/login", "/admin/password_reset")):
        back = reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back})}")
