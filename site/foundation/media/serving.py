"""Pictures and films where no proxy serves them: the demonstration and development.

Documents are left out: they go through Wagtail's own view, which asks whether their collection is private.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from foundation.accounts.roles import ADMIN_DOOR, YOUNG_ADVISOR

from .held import HELD
from .private import private_storage

NOT_HERE = ("documents/", "private/")
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
_CHUNK = 65_536


@require_safe
def serve_upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file from MEDIA_ROOT that can run nothing, whatever it holds."""
    if path.startswith(NOT_HERE):
        raise Http404
    response: HttpResponseBase = serve(request, path, document_root=settings.MEDIA_ROOT)
    if isinstance(response, FileResponse):
        response = _part_of(response, request.headers.get("Range", ""))
        response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def serve_held(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file that waits for its page, for who prepares the page: staff, and the Young Advisors who read drafts."""
    # No way out of the folder: beside it in private storage lie drafts and evidence, which have doors of their own.
    if not _prepares_pages(request) or posixpath.normpath(f"/{path}") != f"/{path}":
        raise Http404
    try:
        content = private_storage().open(f"{HELD}{path}")
    except (OSError, ValueError):
        raise Http404 from None
    response = _part_of(FileResponse(content), request.headers.get("Range", ""))
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _prepares_pages(request: HttpRequest) -> bool:
    """The gate has made a nobody of staff who have not shown their second factor."""
    user = request.user
    if not user.is_authenticated:
        return False
    return bool(user.has_perm(ADMIN_DOOR) or user.groups.filter(name=YOUNG_ADVISOR.name).exists())


def _part_of(whole: FileResponse, asked: str) -> HttpResponseBase:
    """The part of a file that a browser asked for (RFC 9110, section 14): Safari plays no film from a server that only
    gives whole files. What is no single range gets the whole file."""
    match, size = _RANGE.fullmatch(asked.strip()), int(whole.headers["Content-Length"])
    if match is None or match.groups() == ("", ""):
        return whole
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        whole.close()
        refused = HttpResponse(status=416)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    file: Any = whole.file_to_stream
    part = StreamingHttpResponse(_read(file, start, end + 1 - start), status=206)
    for name in ("Content-Type", "Last-Modified"):
        if name in whole.headers:
            part.headers[name] = whole.headers[name]
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    part.headers["Content-Length"] = str(end + 1 - start)
    return part


def _read(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(length, _CHUNK))):
            length -= len(chunk)
            yield chunk
