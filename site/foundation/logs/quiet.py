"""Addresses about which nothing is written that could tell who was there, or when."""

from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

is_quiet_now: ContextVar[bool] = ContextVar("is_quiet_now", default=False)
"""Whether this thread is answering a request to a quiet address; log lines then say the hour alone."""


def is_quiet(request: HttpRequest) -> bool:
    """Whether this request is to a pupils' page or a teacher's link (`QUIET_PATHS`)."""
    return request.path_info.startswith(tuple(settings.QUIET_PATHS))
