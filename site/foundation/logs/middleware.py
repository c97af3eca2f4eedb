"""Writes one line for each request, and gives each request its number."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from foundation.watching.counting import count_request

from .current import request_id as current_id
from .quiet import is_quiet, is_quiet_now

logger = logging.getLogger("foundation.requests")

_ID = re.compile(r"^[A-Fa-f0-9-]{16,64}$")
HEADER = "X-Request-ID"


class RequestLogMiddleware:
    """Outermost: what it measures is what the reader waited for.

    The line says the route's pattern, never the address asked for, whose path and query may name somebody. The
    number comes from a trusted proxy or is made here, and goes back to the reader, who can quote it to us.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_quiet(request):
            return self._answer_quietly(request)
        started = time.perf_counter()
        request_id = _request_id(request)
        request.request_id = request_id  # type: ignore[attr-defined]
        mark = current_id.set(request_id)
        queries = _QueryCounter()
        try:
            with connection.execute_wrapper(queries):
                response = self.get_response(request)
        finally:
            current_id.reset(mark)
        response.headers[HEADER] = request_id
        count_request(request, status=response.status_code, seconds=time.perf_counter() - started)
        if settings.LOG_REQUESTS and not _is_file(request, response):
            fields = {
                "event": "request",
                "request_id": request_id,
                "method": _method(request),
                "route": _route(request),
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
                "queries": queries.count,
            }
            cache = getattr(request, "page_cache", "")
            if cache:
                fields["cache"] = cache
            logger.log(logging.ERROR if response.status_code >= 500 else logging.INFO, "request", extra=fields)
        return response

    def _answer_quietly(self, request: HttpRequest) -> HttpResponseBase:
        """No line, no number, no measured time; of a fault its route, its status and the hour."""
        mark = is_quiet_now.set(True)
        try:
            response = self.get_response(request)
            count_request(request, status=response.status_code, seconds=0)
            if settings.LOG_REQUESTS and response.status_code >= 500:
                fields = {"event": "request", "route": _route(request), "status": response.status_code}
                logger.error("request", extra=fields)
        finally:
            is_quiet_now.reset(mark)
        return response


class _QueryCounter:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.count += 1
        return execute(*args)


def _request_id(request: HttpRequest) -> str:
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if given and request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES and _ID.match(given):
        return given
    return uuid.uuid4().hex


def _method(request: HttpRequest) -> str:
    """A method we know; a made-up one could be a message."""
    return request.method if request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "OTHER"


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is not None:
        return match.route
    return getattr(request, "log_route", "") or "-"


def _is_file(request: HttpRequest, response: HttpResponseBase) -> bool:
    return response.status_code in {200, 206, 304} and request.path_info.startswith(
        (settings.STATIC_URL, settings.MEDIA_URL)
    )
