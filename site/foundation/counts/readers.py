"""Which visits count: people's, of public pages, and nobody else's."""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Read, matched and let go: a browser's name is never kept.
_MACHINES = re.compile(
    r"bot\b|bot[/;-]|crawl|spider|slurp|scrap|archiv|preview|monitor|uptime|lighthouse|headless|phantom|validator"
    r"|facebookexternalhit|whatsapp|telegram|embedly|mediapartners|feedfetcher|reader|curl|wget|python|java/|go-http"
    r"|okhttp|libwww|httpclient|axios|node-fetch|scanner|check",
    re.IGNORECASE,
)


def is_counted(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a person has just read a public page.

    Not staff (they carry a session), not previews, not what a browser fetches ahead of a click, not feeds and
    calendars. Survey and review pages are no pages of Wagtail's and never come here.
    """
    if request.method != "GET" or response.status_code not in {200, 304}:
        return False
    if getattr(request, "is_preview", False) or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    if response.status_code == 200 and not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    meta = request.META
    if "prefetch" in meta.get("HTTP_SEC_PURPOSE", "") or "prefetch" in meta.get("HTTP_PURPOSE", ""):
        return False
    return not is_machine(meta.get("HTTP_USER_AGENT", ""))


def is_machine(user_agent: str) -> bool:
    """Whether a browser's name is that of a program. One without a name is."""
    return not user_agent or _MACHINES.search(user_agent[:400]) is not None
