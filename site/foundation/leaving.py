"""Where "Exit this page" leads: out of the site at once, leaving as little behind as a server can see to."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to an ordinary page elsewhere, end any session, and ask it to forget what it kept.

    It cannot clear the browser's history or another device's; the page "Hide your visit" says so. Never fails: a
    person in danger gets away even when the database is down.
    """
    response = HttpResponse(status=303, headers={"Location": settings.EXIT_URL})
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        _end_session(request)
        response.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH)
    return response


def _end_session(request: HttpRequest) -> None:
    try:
        request.session.flush()
    except DatabaseError:
        # The cookie goes all the same, so this browser is signed out; the session itself dies of age.
        logger.warning("a session could not be ended on leaving")
