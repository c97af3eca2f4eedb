"""The short way for answers that a page's script sends: a school's lesson is some hundred of them in a few minutes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .views.sending import send

PATH = "/s/send/"


class SendingLaneMiddleware:
    """Hands such a request to its view at once, past what it has no use for: sessions, accounts, messages, redirects, the
    page cache. It carries no cookie that means anything, and its code in the body is its permission.

    What stands outside of this still happens to it: headers and policy, quiet logs, the refusal of broken addresses. A
    request that is not this one to the letter, and one that must be sent on to https, goes the long way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info != PATH or request.method != "POST" or request.content_type != "application/json":
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return self.get_response(request)
        request.get_host()  # refuses a host that is not ours, as the long way does
        request.log_route = PATH.lstrip("/")  # type: ignore[attr-defined]
        response = send(request)
        # Else the server would send it in pieces; the long way says its length too.
        response.headers["Content-Length"] = str(len(response.content))
        return response
