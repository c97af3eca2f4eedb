"""Gives out kept public pages, and keeps new ones."""

import threading
from collections.abc import Callable

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from . import boundaries, generation
from .entries import Entry, entry_from, response_from
from .keys import drop_tracking, is_candidate, key_for
from .rules import may_be_kept, tell_browser, varies_by_reader

# How long a copy is kept beyond its time, to be given out only while a new one cannot be made.
SPARE_SECONDS = 3_600
WAIT_SECONDS = 2.0


class PageCacheMiddleware:
    """Stands outside the middleware that makes a page safe (headers, policy), so that a kept page carries all of it.

    A page is kept for `PAGE_CACHE_SECONDS`, shorter when an alert or a schedule changes it earlier, and until
    anything on the site changes (`generation`). While the database is down a copy past its time is still given out:
    an old page with the right phone number beats an apology.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.flights = _Flights()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._answer(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse) and response.content:
            # Servers drop the body of an answer to HEAD, but some complain about it in their log each time.
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if not is_candidate(request):
            response = self.get_response(request)
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                tell_browser(response, is_shared=False)
            return response
        drop_tracking(request)
        token = generation.current() if settings.PAGE_CACHE else ""
        name = key_for(request, token) if settings.PAGE_CACHE else None
        if name is None:
            return _open(self.get_response(request))
        key, has_query = name
        store = caches["page_queries" if has_query else "pages"]
        entry = store.get(key)
        if entry is not None and entry.is_fresh():
            return _give(entry, request)
        return self._make(request, key=key, token=token, store=store, spare=entry)

    def _make(
        self, request: HttpRequest, *, key: str, token: str, store: BaseCache, spare: Entry | None
    ) -> HttpResponseBase:
        """Make the page once, however many ask for it at this moment."""
        with self.flights.lead_or_wait(key, wait=spare is None) as leads:
            if not leads:
                entry = spare or store.get(key)
                if entry is not None:
                    return _give(entry, request)
            response = self.get_response(request)
            if may_be_kept(request, response) and isinstance(response, HttpResponse):
                seconds = boundaries.seconds_to_change(token, at_most=settings.PAGE_CACHE_SECONDS)
                entry = entry_from(
                    response, seconds=seconds, page_id=getattr(request, "served_page_id", None), route=_route(request)
                )
                store.set(key, entry, seconds + SPARE_SECONDS)
                request.page_cache = "miss"  # type: ignore[attr-defined]
                return _unchanged_or(entry, request, response)
        if response.status_code == 503 and spare is not None:
            return _give(spare, request)
        return _open(response)


class _Flights:
    """One thread makes a page, the others wait for it: after a publication eight threads would make the same page."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: dict[str, threading.Event] = {}

    def lead_or_wait(self, key: str, *, wait: bool) -> "_Flight":
        return _Flight(self, key, wait=wait)

    def enter(self, key: str, *, wait: bool) -> bool:
        with self._lock:
            event = self._events.get(key)
            if event is None:
                self._events[key] = threading.Event()
                return True
        if wait:
            event.wait(WAIT_SECONDS)
        return False

    def leave(self, key: str) -> None:
        with self._lock:
            event = self._events.pop(key, None)
        if event is not None:
            event.set()


class _Flight:
    """Yields True to the thread that makes the page."""

    def __init__(self, flights: _Flights, key: str, *, wait: bool) -> None:
        self.flights, self.key, self.wait = flights, key, wait
        self.leads = False

    def __enter__(self) -> bool:
        self.leads = self.flights.enter(self.key, wait=self.wait)
        return self.leads

    def __exit__(self, *_error: object) -> None:
        if self.leads:
            self.flights.leave(self.key)


def _give(entry: Entry, request: HttpRequest) -> HttpResponse:
    request.served_page_id = entry.page_id  # type: ignore[attr-defined]
    request.log_route = entry.route  # type: ignore[attr-defined]
    request.page_cache = "hit"  # type: ignore[attr-defined]
    return response_from(entry, request)


def _unchanged_or(entry: Entry, request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page just made, in its kept form, with whatever else stands on the response."""
    given = response_from(entry, request)
    given.templates = getattr(response, "templates", [])  # type: ignore[attr-defined]
    given.context_data = getattr(response, "context_data", None)  # type: ignore[attr-defined]
    return given


def _open(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code == 200:
        tell_browser(response, is_shared=not response.cookies and not varies_by_reader(response))
    return response


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.route if match is not None else ""
