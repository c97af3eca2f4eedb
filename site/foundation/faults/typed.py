"""What a person typed into a form that could not be taken, to show it back to them."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, DisallowedHost, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError

_SECRET = re.compile(r"pass|token|code|secret|otp|csrf|credential|login|email|next|signature", re.IGNORECASE)
_LONGEST = 20_000
_MOST = 40


def typed_before(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, text) of what was typed at some length, without anything secret.

    Only for a form of our own: a page elsewhere could otherwise make ours show words of its choice.
    """
    if not _is_from_here(request):
        return []
    try:
        fields = list(request.POST.lists())
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return []
    found = [
        (name.replace("_", " ").replace("-", " "), value.strip()[:_LONGEST])
        for name, values in fields
        if not _SECRET.search(name)
        for value in values
        if len(value.strip()) > 2
    ]
    return found[:_MOST]


def _is_from_here(request: HttpRequest) -> bool:
    origin = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER") or ""
    try:
        return bool(origin) and urlsplit(origin).netloc == request.get_host()
    except (DisallowedHost, ValueError):
        return False
