"""The headers of every answer: what the browser may load, share and keep. Stands outside all other middleware."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from foundation.accounts.doors import has_session_cookie, is_account_door, is_staff_door
from foundation.logs.quiet import is_quiet

DOCUMENTS = "/files/"
"""Where Wagtail serves documents, asking whether their collection is private."""


class ResponseHeadersMiddleware(CSPMiddleware):
    """Sets what a view has not set itself, on pages, redirects, errors, static files and uploads alike."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_staff_door(request.path_info) and not report_only and parts.replace is None:
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        headers = response.headers
        if request.path_info.startswith(settings.MEDIA_URL):
            headers.setdefault("Content-Security-Policy", settings.UPLOADS_CONTENT_SECURITY_POLICY)
        if is_quiet(request):
            _keep_quiet(request, response)
        if request.path_info.startswith(DOCUMENTS):
            _ask_again(request, response)
        response = super().process_response(request, response)
        headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            headers.setdefault("Strict-Transport-Security", _hsts())
        if is_staff_door(request.path_info) or is_account_door(request.path_info):
            patch_cache_control(response, no_store=True, private=True)
        return response


def _keep_quiet(request: HttpRequest, response: HttpResponseBase) -> None:
    """Whatever a view or a fault said: nothing is kept, told to the next site, found by a search or set as a cookie."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.path_info.startswith(tuple(settings.COOKIELESS_PATHS)):
        response.cookies.clear()


def _ask_again(request: HttpRequest, response: HttpResponseBase) -> None:
    """A document may be withdrawn, or its collection closed, at any moment: caches ask each time, and what somebody got
    who is signed in is kept nowhere. Wagtail says nothing, and then caches guess how long they may keep it."""
    if has_session_cookie(request):
        response.headers["Cache-Control"] = "private, no-store"
    else:
        response.headers.setdefault("Cache-Control", "public, no-cache")


def _hsts() -> str:
    value = f"max-age={settings.SECURE_HSTS_SECONDS}"
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        value += "; includeSubDomains"
    if settings.SECURE_HSTS_PRELOAD:
        value += "; preload"
    return value
