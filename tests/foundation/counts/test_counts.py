"""Counts by day: whom they count, how they are written, what they never hold."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from wagtail.models import Page

from foundation.counts import buffer, services
from foundation.counts.buffer import CountBuffer
from foundation.counts.middleware import PageCountMiddleware
from foundation.counts.models import PageCount, UsefulCount
from foundation.counts.services import record_useful, write_page_counts, write_waiting_counts

DAY = date(2026, 11, 22)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def counting(settings: Any, db: None) -> Any:
    settings.PAGE_COUNTS = True
    services._buffer.flush()
    PageCount.objects.all().delete()
    yield
    services._buffer._counts.clear()


def visit(settings: Any, *, answer: HttpResponse | None = None, page_id: int | None = 1, **extra: Any) -> int:
    """How many visits this request counts as."""
    request = RequestFactory(headers={"user-agent": BROWSER}).get("/en/", **extra)
    if page_id is not None:
        request.served_page_id = page_id  # type: ignore[attr-defined]
    PageCountMiddleware(lambda _request: answer or HttpResponse("x"))(request)
    return write_waiting_counts()


@pytest.mark.usefixtures("counting")
class TestWhoCounts:
    def test_a_person_who_reads_a_page(self, settings: Any) -> None:
        assert visit(settings) == 1
        assert PageCount.objects.get().views == 1

    def test_a_person_whose_browser_still_had_it(self, settings: Any) -> None:
        assert visit(settings, answer=HttpResponse(status=304)) == 1

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "Googlebot/2.1 (+http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.0)",
            "curl/8.0",
            "python-requests/2.32",
            "facebookexternalhit/1.1",
            "WhatsApp/2.23",
            "UptimeRobot/2.0; http://uptimerobot.com monitor",
            "Mozilla/5.0 HeadlessChrome/120",
        ],
    )
    def test_no_machine(self, settings: Any, name: str) -> None:
        assert visit(settings, headers={"user-agent": name}) == 0

    def test_no_staff(self, settings: Any) -> None:
        assert visit(settings, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc") == 0

    def test_nothing_fetched_ahead_of_a_click(self, settings: Any) -> None:
        assert visit(settings, headers={"user-agent": BROWSER, "sec-purpose": "prefetch;prerender"}) == 0

    @pytest.mark.parametrize(
        "answer",
        [
            HttpResponse("x", status=404),
            HttpResponse(status=302),
            HttpResponse("x", status=503),
            HttpResponse("x", content_type="application/rss+xml"),
            HttpResponse("x", content_type="text/calendar"),
        ],
    )
    def test_no_error_redirect_feed_or_calendar(self, settings: Any, answer: HttpResponse) -> None:
        assert visit(settings, answer=answer) == 0

    def test_no_address_that_is_not_a_page_such_as_a_survey(self, settings: Any) -> None:
        assert visit(settings, page_id=None) == 0

    def test_nothing_when_switched_off(self, settings: Any) -> None:
        settings.PAGE_COUNTS = False
        assert visit(settings) == 0


def test_a_count_holds_a_page_a_day_and_a_number_and_nothing_else() -> None:
    assert {field.name for field in PageCount._meta.fields} == {"id", "page", "day", "views"}
    assert {field.name for field in UsefulCount._meta.fields} == {"id", "page", "day", "yes", "no"}


@pytest.mark.django_db
def test_counts_add_to_what_is_there() -> None:
    write_page_counts({(1, DAY): 3, (2, DAY): 1})
    write_page_counts({(1, DAY): 4})
    assert dict(PageCount.objects.values_list("page_id", "views")) == {1: 7, 2: 1}
    assert PageCount.objects.get(page_id=1, day=DAY).views == 7


@pytest.mark.django_db
def test_many_keys_are_written_in_few_statements(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        write_page_counts({(number, DAY): 1 for number in range(1, 601)})
    assert PageCount.objects.count() == 600


@pytest.mark.django_db
def test_a_page_that_is_gone_does_not_lose_the_others() -> None:
    root = Page.objects.get(depth=1)
    write_page_counts({(root.pk, DAY): 1, (999_999, DAY): 1})
    assert PageCount.objects.filter(page_id=root.pk).exists()


@pytest.mark.django_db
def test_useful_answers_add_up(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 10:00:00+00:00")
    for is_yes in (True, True, False):
        record_useful(page_id=7, is_yes=is_yes)
    assert UsefulCount.objects.values_list("yes", "no").get() == (2, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_processes_may_write_the_same_page_at_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: set DATABASE_URL")
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _time in range(30):
                write_page_counts({(number, DAY): 1 for number in range(1, 40)})
        except DatabaseError as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert set(PageCount.objects.values_list("views", flat=True)) == {120}


def test_what_cannot_be_written_waits_and_is_not_doubled() -> None:
    written: list[dict[Any, int]] = []
    is_broken = True

    def write(counts: dict[Any, int]) -> None:
        if is_broken:
            raise DatabaseError
        written.append(counts)

    counts = CountBuffer(write)
    counts.add(1, DAY)
    assert counts.flush() == 0
    counts.add(1, DAY)
    is_broken = False
    assert counts.flush() == 2
    assert counts.flush() == 0
    assert written == [{(1, DAY): 2}]


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffer, "MOST_KEYS", 10)
    counts = CountBuffer(lambda _counts: None)
    for number in range(100):
        counts.add(number, DAY)
    assert len(counts.waiting()) == 10


def test_counts_are_written_by_themselves_and_early_when_there_are_many(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_COUNTS_SECONDS = 600
    monkeypatch.setattr(buffer, "MOST_HITS", 5)
    done = threading.Event()
    counts = CountBuffer(lambda _counts: done.set())
    for _time in range(5):
        counts.add(1, DAY)
    assert done.wait(5)


def test_no_visit_is_lost_between_threads() -> None:
    total: list[int] = []
    counts = CountBuffer(lambda written: total.append(sum(written.values())))
    threads = [threading.Thread(target=lambda: [counts.add(1, DAY) for _time in range(500)]) for _number in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        counts.flush()
    counts.flush()
    assert sum(total) == 4_000


@pytest.mark.django_db
def test_numbers_are_forgotten_after_two_years(time_machine: Any) -> None:
    write_page_counts({(1, date(2024, 1, 1)): 1, (1, date(2026, 1, 1)): 1})
    time_machine.move_to("2026-11-22 10:00:00+00:00")
    assert services.forget_old_counts() == 1
    assert PageCount.objects.get().day == date(2026, 1, 1)
