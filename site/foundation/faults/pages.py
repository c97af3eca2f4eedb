"""Draws an error page. It must work when the database, the cache, the templates or the request itself are broken."""

import logging
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger("foundation.faults")

_WORDS = {
    400: "We could not understand that request",
    403: "You cannot open this page",
    404: "We cannot find that page",
    413: "What you sent is too big",
    500: "Something went wrong on our side",
    503: "The site is resting for a moment",
}


def error_page(request: HttpRequest, *, status: int, template: str = "", **context: Any) -> HttpResponse:
    """The page for `status` in the language of the path. Never raises: the last resort is a page of plain HTML."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            # No request: a context processor could ask the database, or a host that is not ours.
            html: str = render_to_string(
                template or f"errors/{status}.html",
                {
                    "status": status,
                    "request_id": getattr(request, "request_id", ""),
                    "home": f"/{language}/",
                    **context,
                },
            )
        except Exception:
            logger.exception("an error page could not be drawn", extra={"event": "error_page_failed", "status": status})
            html = last_resort(status)
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    return response


def last_resort(status: int) -> str:
    """A page that needs nothing but Python and the settings."""
    lines = "".join(
        f'<li>{escape(str(line["name"]))}: <a href="tel:{escape(str(line["phone"]).replace(" ", ""))}">'
        f"{escape(str(line['phone']))}</a></li>"
        for line in getattr(settings, "FALLBACK_HELPLINES", [])
    )
    title = _WORDS.get(status, _WORDS[500])
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{title}</h1><p>Please try again in a few minutes.</p>"
        f"<h2>Worried about a child?</h2><ul>{lines}</ul></main></body></html>"
    )
