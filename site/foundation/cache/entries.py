"""How a page is kept (compressed once) and given out again (304, gzip or plain)."""

import gzip
import hashlib
import re
import time
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from .rules import FOR_EVERYBODY

_SMALLEST_ZIPPED = 500
_NOT_KEPT = {"content-length", "date", "x-request-id", "etag", "cache-control"}
_NOT_IN_304 = {"content-type", "content-length", "content-encoding", "content-language"}
_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q\s*=\s*([0-9.]+))?\s*(?:,|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept page."""

    body: bytes
    is_zipped: bool
    headers: dict[str, str]
    etag: str
    fresh_until: float
    """Seconds since 1970; later the page is made anew, and this copy serves only while that fails."""
    page_id: int | None = None
    route: str = ""

    def is_fresh(self) -> bool:
        return time.time() < self.fresh_until


def entry_from(response: HttpResponse, *, seconds: float, page_id: int | None, route: str) -> Entry:
    """Keep this answer for so many seconds."""
    body = response.content
    # Weak, because the same tag stands for the zipped and the plain bytes.
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    is_zipped = len(body) >= _SMALLEST_ZIPPED
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = {name: value for name, value in response.headers.items() if name.lower() not in _NOT_KEPT}
    # What the view asked of browsers holds, where it is stricter than ours.
    asked = response.headers.get("Cache-Control", "")
    headers["Cache-Control"] = asked if "no-store" in asked else FOR_EVERYBODY
    headers["ETag"] = etag
    return Entry(
        # No time in the gzip header, so that equal pages are equal bytes.
        body=gzip.compress(body, compresslevel=6, mtime=0) if is_zipped else body,
        is_zipped=is_zipped,
        headers=headers,
        etag=etag,
        fresh_until=time.time() + seconds,
        page_id=page_id,
        route=route,
    )


def response_from(entry: Entry, request: HttpRequest) -> HttpResponse:
    """The kept page for this reader."""
    meta = request.META
    asked = meta.get("HTTP_IF_NONE_MATCH")
    if asked and _matches(asked, entry.etag):
        headers = {name: value for name, value in entry.headers.items() if name.lower() not in _NOT_IN_304}
        response = HttpResponse(status=304, headers=headers)
        del response.headers["Content-Type"]
        return response
    body, headers = entry.body, entry.headers
    if entry.is_zipped:
        if accepts_gzip(meta.get("HTTP_ACCEPT_ENCODING", "")):
            headers = {**headers, "Content-Encoding": "gzip"}
        else:
            body = gzip.decompress(body)
    response = HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)
    response.headers["Content-Length"] = str(len(body))
    return response


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip."""
    if header.startswith("gzip,"):  # what nearly every browser sends
        return True
    found = _GZIP.search(header)
    if found is None:
        return False
    try:
        return found.group(1) is None or float(found.group(1)) > 0
    except ValueError:
        return False


def _matches(asked: str, etag: str) -> bool:
    if asked.strip() == "*":
        return True
    bare = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == bare for one in asked.split(","))
