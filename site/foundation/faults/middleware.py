"""Refuses what no browser sends, before a database chokes on it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .views import bad_request

_NULS = ("\x00", "%00")


class BrokenAddressMiddleware:
    """Answers 400 to a NUL character in the path or the query: PostgreSQL refuses it, which would be our error 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or (query and any(nul in query for nul in _NULS)):
            return bad_request(request)
        return self.get_response(request)
