"""What the page cache gives out, to whom, and what it never keeps."""

import gzip
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from foundation.cache import generation
from foundation.cache.middleware import PageCacheMiddleware

PAGE = "/en/topics/online/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


class Site:
    """A site of one view that counts how often it had to make a page."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse] | None = None) -> None:
        self.made = 0
        self.answer = answer or (
            lambda request: HttpResponse(f"<p>{request.get_host()} {request.get_full_path()}</p>" * 40)
        )
        self.middleware = PageCacheMiddleware(self.view)

    def view(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        return self.answer(request)

    def get(self, path: str = PAGE, **extra: Any) -> Any:
        return self.middleware(RequestFactory().get(path, **extra))

    def send(self, request: HttpRequest) -> Any:
        return self.middleware(request)


def text_of(response: HttpResponse) -> bytes:
    body = response.content
    return gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body


def test_a_page_is_made_once_for_everybody() -> None:
    site = Site()
    first, second = site.get(), site.get()
    assert site.made == 1
    assert first.content == second.content
    assert second.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second.headers["Vary"] == "Accept-Encoding"
    assert not second.cookies


def test_a_browser_that_has_the_page_gets_304_without_a_body() -> None:
    site = Site()
    etag = site.get().headers["ETag"]
    again = site.get(headers={"if-none-match": f'"x", {etag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert "Content-Type" not in again.headers
    assert site.get(headers={"if-none-match": '"other"'}).status_code == 200


def test_the_page_is_zipped_once_and_given_plain_to_who_asks_for_plain() -> None:
    site = Site()
    zipped = site.get(headers={"accept-encoding": "gzip, deflate, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) == len(zipped.content)
    plain = site.get(headers={"accept-encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(zipped.content) == plain.content
    assert site.made == 1


def test_head_gets_the_kept_pages_headers_and_no_body() -> None:
    site = Site()
    site.get()
    head = site.send(RequestFactory().head(PAGE))
    assert head.content == b""
    assert int(head.headers["Content-Length"]) > 0
    assert site.made == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"path": PAGE}, {"path": "/bn/topics/online/"}),
        ({"path": PAGE}, {"path": PAGE, "headers": {"host": "localhost"}}),
        ({"path": PAGE}, {"path": PAGE, "secure": True}),
        ({"path": PAGE}, {"path": f"{PAGE}?page=2"}),
        ({"path": f"{PAGE}?q=a&page=2"}, {"path": f"{PAGE}?q=a&page=3"}),
        ({"path": f"{PAGE}?q=a%26page%3D2"}, {"path": f"{PAGE}?q=a&page=2"}),
        ({"path": "/en/a/b/"}, {"path": "/en/a%2Fb/"}),
    ],
)
def test_two_addresses_never_share_a_page(one: dict[str, Any], other: dict[str, Any]) -> None:
    site = Site(lambda request: HttpResponse(f"{request.scheme} {request.get_host()} {request.get_full_path()}"))
    first = text_of(site.get(**one))
    if one["path"] != "/en/a/b/":  # a coded slash is the same path to Django, so the same page is right there
        assert text_of(site.get(**other)) != first
        assert site.made == 2
    assert text_of(site.get(**one)) == first


def test_the_order_of_known_parameters_does_not_matter() -> None:
    site = Site()
    site.get(f"{PAGE}?q=knife&page=2")
    site.get(f"{PAGE}?page=2&q=knife")
    assert site.made == 1


def test_marks_of_other_sites_are_taken_off_before_anybody_reads_them() -> None:
    site = Site(lambda request: HttpResponse(request.get_full_path() + str(dict(request.GET))))
    site.get(PAGE)
    marked = site.get(f"{PAGE}?utm_source=paper&fbclid=abc123&gclid=1")
    assert site.made == 1
    assert b"abc123" not in text_of(marked)
    kept = site.get(f"{PAGE}?utm_source=paper&page=2")
    assert b"page=2" in text_of(kept)


@pytest.mark.parametrize(
    "query", ["x=1", "page=1&page=2", "page=2&unknown=1", "broken", "page=%ff", "q=" + "a" * 400, "=", "&&&"]
)
def test_unknown_and_broken_queries_are_answered_but_never_kept(query: str) -> None:
    site = Site()
    for _time in range(2):
        assert site.get(f"{PAGE}?{query}").status_code == 200
    assert site.made == 2


def test_inventing_queries_cannot_push_out_pages() -> None:
    site = Site()
    site.get()
    for number in range(400):
        site.get(f"{PAGE}?q={number}")
    made = site.made
    site.get()
    assert site.made == made
    if (
        "_cache" in vars(caches["page_queries"]) and "LocMem" in type(caches["page_queries"]).__name__
    ):  # local memory; Redis forgets by itself
        assert len(caches["page_queries"]._cache) <= 200


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/accounts/login/",
        "/robots.txt",
        "/",
        "/health/live",
        "/files/1/a.pdf",
        "/review/",
        "/xx/topics/",
        "/en" + "/a" * 200 + "/",
    ],
)
def test_what_does_not_live_under_a_language_is_never_kept(path: str) -> None:
    site = Site()
    for _time in range(2):
        site.get(path)
    assert site.made == 2


def test_who_has_a_session_is_never_given_a_kept_page_nor_leaves_one(settings: Any) -> None:
    site = Site()
    site.get()
    request = RequestFactory().get(PAGE)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "abc"
    response = site.send(request)
    assert site.made == 2
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_previews_posts_and_signed_requests_pass_by() -> None:
    site = Site()
    preview = RequestFactory().get(PAGE)
    preview.is_preview = True  # type: ignore[attr-defined]
    for request in (
        preview,
        RequestFactory().post(PAGE),
        RequestFactory().get(PAGE, headers={"authorization": "Basic abc"}),
    ):
        site.send(request)
    site.get()
    assert site.made == 4


def _with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x" * 900)
    response.set_cookie("a", "b")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        _with_cookie,
        lambda request: HttpResponse("x", status=404),
        lambda request: HttpResponse("x", status=500),
        lambda request: HttpResponse(status=302, headers={"Location": "/"}),
        lambda request: HttpResponse("x", headers={"Cache-Control": "no-store"}),
        lambda request: HttpResponse("x", headers={"Cache-Control": "private, no-cache"}),
        lambda request: HttpResponse("x", headers={"Vary": "Cookie"}),
        lambda request: HttpResponse("x", headers={"Vary": "Accept-Language"}),
        lambda request: HttpResponse("x", headers={"Vary": "*"}),
        lambda request: HttpResponse("x", headers={"Content-Security-Policy": "script-src 'nonce-abc'"}),
        lambda request: HttpResponse("x", headers={"Content-Disposition": "attachment"}),
        lambda request: HttpResponse("x", content_type="application/json"),
        lambda request: HttpResponse("x" * 1_000_001),
        lambda request: StreamingHttpResponse(iter([b"x"])),
    ],
)
def test_what_is_not_the_same_for_everybody_is_never_kept(answer: Callable[[HttpRequest], HttpResponse]) -> None:
    site = Site(answer)
    for _time in range(2):
        site.get()
    assert site.made == 2


def test_a_search_is_kept_here_but_not_in_the_browser_of_a_shared_computer() -> None:
    def found(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("found" * 200, headers={"Cache-Control": "private, no-store"})
        response.same_for_everybody = True  # type: ignore[attr-defined]
        return response

    site = Site(found)
    answers = [site.get(f"{PAGE}?q=knife") for _time in range(2)]
    assert site.made == 1
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}


def test_an_answer_to_head_has_a_length_and_no_body() -> None:
    head = Site().send(RequestFactory().head("/elsewhere/"))
    assert head.content == b""
    assert int(head.headers["Content-Length"]) > 0


def test_a_page_that_depends_on_the_reader_is_not_called_public() -> None:
    response = Site(lambda request: HttpResponse("x", headers={"Vary": "Cookie"})).get()
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_change_makes_every_page_anew() -> None:
    site = Site()
    site.get()
    generation.bump()
    site.get()
    assert site.made == 2


def test_another_processs_change_is_seen_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    site.get()
    generation.Generation.objects.update_or_create(pk=1, defaults={"token": "from-elsewhere"})
    site.get()
    assert site.made == 1
    monkeypatch.setattr(generation._known, "read_at", time.monotonic() - generation.REFRESH_SECONDS)
    site.get()
    assert site.made == 2


def test_a_page_is_old_after_five_minutes(time_machine: Any) -> None:
    site = Site()
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    site.get()
    time_machine.move_to("2026-11-22 10:04:59+00:00", tick=False)
    site.get()
    assert site.made == 1
    time_machine.move_to("2026-11-22 10:05:01+00:00", tick=False)
    site.get()
    assert site.made == 2


def test_a_kept_page_outlives_a_database_that_is_down(time_machine: Any) -> None:
    broken = threading.Event()
    site = Site(
        lambda request: HttpResponse("sorry", status=503) if broken.is_set() else HttpResponse("numbers to call" * 50)
    )
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    site.get()
    broken.set()
    time_machine.move_to("2026-11-22 10:30:00+00:00", tick=False)
    response = site.get()
    assert response.status_code == 200
    assert b"numbers to call" in text_of(response)
    assert site.get("/en/never-made/").status_code == 503


def test_eight_readers_at_once_cost_one_page() -> None:
    started = threading.Barrier(8)

    def slow(request: HttpRequest) -> HttpResponse:
        time.sleep(0.2)
        return HttpResponse("slow" * 200)

    site = Site(slow)
    generation.current()
    answers: list[int] = []

    def read() -> None:
        started.wait()
        answers.append(site.get().status_code)

    threads = [threading.Thread(target=read) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 8
    assert site.made == 1


def test_readers_of_a_page_that_cannot_be_kept_do_not_queue_for_each_other() -> None:
    def slow(request: HttpRequest) -> HttpResponse:
        time.sleep(0.1)
        return HttpResponse("x", status=404)

    site = Site(slow)
    generation.current()
    threads = [threading.Thread(target=site.get) for _number in range(6)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.perf_counter() - started < 0.45


def test_a_view_that_breaks_lets_the_next_reader_try() -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    site = Site(broken)
    for _time in range(2):
        with pytest.raises(RuntimeError):
            site.get()
    assert site.made == 2
    assert site.middleware.flights._events == {}


def test_a_host_that_is_not_ours_is_left_to_django() -> None:
    site = Site(lambda request: HttpResponse("x", status=400))
    assert site.get(headers={"host": "evil.example"}).status_code == 400


def test_switched_off_nothing_is_kept(settings: Any) -> None:
    settings.PAGE_CACHE = False
    site = Site()
    for _time in range(2):
        site.get()
    assert site.made == 2
