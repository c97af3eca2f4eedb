"""Which requests may be answered from the page cache, and under which name their page is kept."""

import hashlib
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language_from_path

# Marks that other sites hang on our addresses. They change nothing on the page and say something of the reader, so
# they are taken out of the request before anybody can read them.
_TRACKING = {
    "_ga", "_gl", "dclid", "fbclid", "gad_source", "gbraid", "gclid", "igsh", "igshid", "mc_cid", "mc_eid", "mkt_tok",
    "msclkid", "ref_src", "si", "srsltid", "ttclid", "twclid", "wbraid", "yclid",
}  # fmt: skip
_LONGEST_QUERY = 300
_LONGEST_PATH = 300


def drop_tracking(request: HttpRequest) -> None:
    """Take tracking marks out of the request, so that the same page has one name."""
    raw = request.META.get("QUERY_STRING", "")
    if not raw:
        return
    pairs = _pairs(raw)
    if pairs is None:
        return
    kept = [(name, value) for name, value in pairs if not _is_tracking(name)]
    if len(kept) == len(pairs):
        return
    query = urlencode(kept)
    request.META["QUERY_STRING"] = query
    # `GET` is worked out once and remembered; this is what it would be without the marks.
    request.GET = QueryDict(query, encoding=request.encoding)


def is_candidate(request: HttpRequest) -> bool:
    """Whether an anonymous reader asks for a public page: GET or HEAD of an address that begins with a language.

    Everything else is never kept. The list of what may be kept is the short one: a new room is outside until it
    lives under a language.
    """
    return (
        request.method in {"GET", "HEAD"}
        and not getattr(request, "is_preview", False)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and len(request.path_info) <= _LONGEST_PATH
        and get_language_from_path(request.path_info) is not None
    )


def key_for(request: HttpRequest, generation: str) -> tuple[str, bool] | None:
    """The name of the page, and whether it has a query (those live in a small cache of their own).

    None where the query holds anything but known parameters, each once: such a page is made for this reader alone,
    so nobody can fill the cache by inventing addresses, and no view can be given another's answer.
    """
    pairs = _pairs(request.META.get("QUERY_STRING", ""))
    if pairs is None:
        return None
    names = [name for name, _value in pairs]
    if len(set(names)) != len(names) or not set(names) <= set(settings.PAGE_CACHE_QUERY):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    parts = [generation, request.scheme or "", host, request.path, urlencode(sorted(pairs))]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=20).hexdigest(), bool(pairs)


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith(("utm_", "pk_", "mtm_"))


def _pairs(raw: str) -> list[tuple[str, str]] | None:
    """The query's pairs; None where it is broken or too long."""
    if not raw:
        return []
    if len(raw) > _LONGEST_QUERY:
        return None
    try:
        return parse_qsl(raw, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=20)
    except ValueError:
        return None
