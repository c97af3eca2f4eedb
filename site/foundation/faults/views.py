"""What Django calls when something goes wrong; `cscp.urls` and the settings name these."""

import errno
import logging
import sys
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from foundation.logs.quiet import is_quiet
from foundation.partnership.selectors import chrome_for

from .pages import error_page
from .typed import typed_before

logger = logging.getLogger("foundation.faults")

RETRY_SECONDS = 30
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_THERE_YET = {"42703", "42P01"}
"""PostgreSQL: no such column, no such table. SQLite says both as an operational error."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for something too big."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(request, status=413, template="errors/400.html", is_too_big=True)
    return error_page(request, status=400, is_broken_upload=isinstance(exception, MultiPartParserError))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: whom to ask."""
    return error_page(request, status=403, is_staff=request.path_info.startswith(("/admin/", "/accounts/")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: a search box and the main doors, as far as the database can name them."""
    return error_page(request, status=404, doors=_doors(request), search_url=_search_url(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 with a time to come back, where the database is what is missing."""
    error = sys.exc_info()[1]
    if _is_database_away(error):
        return unavailable(request)
    if _is_disk_full(error):
        logger.error("the disk is full", extra={"event": "disk_full"})
        return _come_back_later(request)
    return error_page(request, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: what was sent was not saved, and when to try again."""
    # A connection that broke must not greet the next request of this thread.
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()
    return _come_back_later(request)


def _come_back_later(request: HttpRequest) -> HttpResponse:
    response = error_page(request, status=503, was_sending=request.method == "POST")
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose guard did not match: what to do, and what was typed, so that nothing is lost."""
    return error_page(
        request, status=403, template="errors/csrf.html", typed=[] if is_quiet(request) else typed_before(request)
    )


def _is_database_away(error: BaseException | None) -> bool:
    """Away, or in the middle of a migration that this code is ahead of or behind: both are over in a moment."""
    return any(
        isinstance(each, OperationalError | InterfaceError) or getattr(each, "sqlstate", "") in _NOT_THERE_YET
        for each in _causes(error)
    )


def _is_disk_full(error: BaseException | None) -> bool:
    return any(isinstance(each, OSError) and each.errno in _FULL for each in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it came from."""
    seen = 0
    while error is not None and seen < 10:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1


def _doors(request: HttpRequest) -> list[Any]:
    """The links of the header, in the language of the path; none when they cannot be had."""
    try:
        chrome = chrome_for(request)
    except Exception:  # an error page never raises: the doors are a courtesy
        return []
    return list(chrome.header) if chrome is not None else []


def _search_url(request: HttpRequest) -> str:
    language = translation.get_language_from_path(request.path_info) or translation.get_language()
    with translation.override(language):
        try:
            return reverse("search")
        except NoReverseMatch:
            return ""
