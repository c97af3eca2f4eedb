"""How the open data answers: JSON for every site on the web, asked for again each time, never with a cookie."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from foundation.forms.limits import Limit, is_within

from .parameters import BadParameters

THROTTLE = Limit("open-data", times=60, seconds=60)
_METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """GET and HEAD for everybody, sixty times a minute; OPTIONS for browsers that ask first; faults in plain words."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _open(_preflight())
        if request.method not in {"GET", "HEAD"}:
            response = problem(405, "Only reading is possible", "Use GET, HEAD or OPTIONS.")
            response.headers["Allow"] = _METHODS
            return _open(response)
        if not is_within(request, THROTTLE):
            return _open(_too_often())
        try:
            response = view(request, *args, **kwargs)
        except BadParameters as error:
            faults = [{"parameter": name, "message": words} for name, words in error.faults.items()]
            response = problem(400, "A parameter cannot be understood", str(error), errors=faults)
        return _open(_unless_known(request, response))

    return wrapped


def answer(document: Any) -> HttpResponse:
    """The document as JSON, always with the same bytes for the same content, under a strong ETag."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return response


def problem(status: int, title: str, detail: str, **more: Any) -> HttpResponse:
    """What went wrong, as RFC 9457 has it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
        status=status,
        content_type="application/problem+json; charset=utf-8",
    )


def not_there() -> HttpResponse:
    """Hidden, lapsed, suspended, removed or never heard of: the same bytes, and nothing of what was asked for in them."""
    return problem(
        404,
        "Not found",
        "There is nothing under this address. A setting that is not on the register now may be absent for many reasons, "
        "and its absence says nothing by itself about safety.",
    )


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the caller holds these very bytes."""
    tag = response.headers.get("ETag")
    held = [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    if tag is None or (tag not in held and "*" not in held):
        return response
    unchanged = HttpResponse(status=304)
    del unchanged.headers["Content-Type"]
    unchanged.headers["ETag"] = tag
    return unchanged


def _open(response: HttpResponse) -> HttpResponse:
    """Any site may read it; nobody keeps it without asking again, so that a suspension shows at once."""
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    headers["Cache-Control"] = "no-cache" if response.status_code in {200, 304} else "no-store"
    headers["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    response.headers["Allow"] = _METHODS
    response.headers["Access-Control-Allow-Methods"] = _METHODS
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _too_often() -> HttpResponse:
    response = problem(
        429,
        "Too many requests",
        f"Ask at most {THROTTLE.times} times a minute. Try again in a minute, or take the CSV file.",
    )
    response.headers["Retry-After"] = str(THROTTLE.seconds)
    return response
