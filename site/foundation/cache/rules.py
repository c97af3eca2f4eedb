"""Which answers may be kept, and what a browser is told about keeping them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import has_vary_header, patch_vary_headers

LARGEST_BODY = 1_000_000
KEPT_TYPES = {
    "text/html",
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "text/xml",
    "text/calendar",
}
FOR_EVERYBODY = "public, max-age=0, must-revalidate"
FOR_ONE = "private, no-cache"
_NOT_SHARED = ("no-store", "no-cache", "private")


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this answer is the same for everybody: a complete 200 of a kind we keep, that sets no cookie, does not
    depend on one, carries no one-time nonce, and was not marked as private by its view."""
    return _is_whole(request, response) and _is_for_everybody(response)


def _is_whole(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method == "GET"
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and not getattr(request, "is_preview", False)
        and response.headers.get("Content-Type", "").partition(";")[0] in KEPT_TYPES
        and "Content-Encoding" not in response.headers
        and "Content-Disposition" not in response.headers
        and len(response.content) <= LARGEST_BODY
    )


def _is_for_everybody(response: HttpResponseBase) -> bool:
    wishes = response.headers.get("Cache-Control", "").lower()
    return (
        not response.cookies
        and (is_same_for_everybody(response) or not any(word in wishes for word in _NOT_SHARED))
        and "'nonce-" not in response.headers.get("Content-Security-Policy", "")
        and not varies_by_reader(response)
    )


def tell_browser(response: HttpResponseBase, *, is_shared: bool) -> None:
    """Say how long a page may be kept, where its view did not: asked for again each time, so that a change shows at
    once; and never in a shared cache when the reader has a session."""
    if "Cache-Control" in response.headers:
        return
    response.headers["Cache-Control"] = FOR_EVERYBODY if is_shared else FOR_ONE
    if is_shared:
        patch_vary_headers(response, ["Accept-Encoding"])


def is_same_for_everybody(response: HttpResponseBase) -> bool:
    """Whether the view says that we may keep the page although a browser may not (`same_for_everybody = True` on the
    response): the words of a search do not belong in the browser of a shared computer, yet its result is no secret."""
    return getattr(response, "same_for_everybody", False)


def varies_by_reader(response: HttpResponseBase) -> bool:
    """Whether the answer depends on who asks."""
    return any(has_vary_header(response, name) for name in ("Cookie", "Accept-Language", "User-Agent", "*"))
