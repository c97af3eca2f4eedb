"""Answers `/health/live` and `/health/ready` before anything else can go wrong: no host check, no cookie."""

import hmac
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from . import checks

METRICS = "/health/metrics"
LIVE = "/health/live"
READY = "/health/ready"


class HealthMiddleware:
    """Stands above ALLOWED_HOSTS, because a load balancer asks by address. Says what fails, never what runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/health/"):
            return self.get_response(request)
        asked = request.path_info.rstrip("/")
        if asked not in {LIVE, READY, METRICS}:
            return self.get_response(request)
        request.log_route = asked.lstrip("/")  # type: ignore[attr-defined]
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD", "Cache-Control": "no-store"})
        return {LIVE: _live, READY: _ready}[asked]() if asked != METRICS else _metrics(request)


def _live() -> JsonResponse:
    return _plain({"status": "ok"}, status=200)


def _ready() -> JsonResponse:
    database = checks.database_answers()
    needed = {
        "database": database,
        "migrations": database and checks.is_migrated(),
        "disk": checks.disk_has_room(),
    }
    is_ready = all(needed.values())
    said = {name: "ok" if works else "failing" for name, works in needed.items()}
    # Without its cache the site is slower, not broken: taking the server out would make that worse.
    said["cache"] = "ok" if checks.cache_answers() else "warning"
    return _plain({"status": "ok" if is_ready else "failing", **said}, status=200 if is_ready else 503)


def _metrics(request: HttpRequest) -> HttpResponse:
    """For the operator's monitoring, who has the token; to everybody else the address is not there.

    A token and not the address of who asks: behind a proxy on the same machine everybody comes from this machine.
    """
    from foundation.watching import exposition

    wanted = f"Bearer {settings.METRICS_TOKEN}"
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), wanted.encode()):
        return HttpResponse(status=404, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(exposition.metrics(), content_type=exposition.CONTENT_TYPE, headers=headers)


def _plain(said: dict[str, str], *, status: int) -> JsonResponse:
    response = JsonResponse(said, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if status == 503:
        response.headers["Retry-After"] = "10"
    return response
