"""A line for each request, with nothing about anybody in it."""

import json
import logging
import sys
from typing import Any

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from foundation.logs.formatter import ALLOWED, SafeJsonFormatter
from foundation.logs.middleware import RequestLogMiddleware

CANARY = "canary-7431"


@pytest.fixture
def lines(settings: Any, caplog: pytest.LogCaptureFixture) -> Any:
    """What would be written, each line read back."""
    settings.LOG_REQUESTS = True
    logger = logging.getLogger("foundation.requests")
    logger.addHandler(caplog.handler)
    caplog.set_level(logging.INFO, "foundation.requests")
    formatter = SafeJsonFormatter()
    yield lambda: [formatter.format(record) for record in caplog.records]
    logger.removeHandler(caplog.handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get(f"/en/{CANARY}/?q={CANARY}", headers={"user-agent": CANARY, "referer": CANARY}),
        lambda client: client.post(f"/en/useful/?{CANARY}", {"answer": CANARY, "email": f"{CANARY}@example.org"}),
        lambda client: client.get("/en/", headers={"host": f"{CANARY}.example"}),
        lambda client: client.get("/en/", headers={"x-request-id": CANARY, "cookie": f"sessionid={CANARY}"}),
        lambda client: client.get("/en/", REMOTE_ADDR="203.0.113.77", headers={"x-forwarded-for": "203.0.113.77"}),
        lambda client: client.generic(CANARY.upper(), "/en/"),
        lambda client: client.get(f"/en/search/?q={CANARY}"),
        lambda client: client.post("/accounts/login/", {"login": f"{CANARY}@example.org", "password": CANARY}),
    ],
)
def test_no_canary_reaches_the_log(client: Client, lines: Any, ask: Any) -> None:
    client.raise_request_exception = False
    ask(client)
    written = "\n".join(lines())
    assert '"event": "request"' in written
    for secret in (CANARY, CANARY.upper(), "203.0.113.77"):
        assert secret not in written


@pytest.mark.django_db
def test_a_line_holds_what_is_allowed_and_the_routes_pattern(client: Client, lines: Any) -> None:
    response = client.get("/en/worried/?x=1")
    line = next(json.loads(line) for line in lines() if '"event": "request"' in line)
    assert set(line) <= {"time", "level", "logger", *ALLOWED}
    assert line["status"] == response.status_code
    assert line["method"] == "GET"
    assert "worried" not in line["route"]
    assert line["ms"] > 0
    assert line["queries"] >= 0
    assert line["request_id"] == response.headers["X-Request-ID"]


def _line_of(make: Any) -> str:
    return SafeJsonFormatter().format(make)


def _record(message: Any, *values: Any, name: str = "some.library", **extra: Any) -> logging.LogRecord:
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, values, None)
    for key, value in extra.items():
        setattr(record, key, value)
    return record


def test_the_values_of_a_message_are_left_out() -> None:
    assert CANARY not in _line_of(_record("could not mail %s", CANARY))
    assert "could not mail" in _line_of(_record("could not mail %s", CANARY))


def test_a_librarys_finished_message_is_left_out_whole() -> None:
    assert CANARY not in _line_of(_record(f"could not mail {CANARY}"))


def test_what_is_not_on_the_list_stays_unsaid_and_so_does_the_wrong_type() -> None:
    line = json.loads(_line_of(_record("x", name="foundation.mail", email=CANARY, count=CANARY, event="mail_not_sent")))
    assert CANARY not in str(line)
    assert line["event"] == "mail_not_sent"


def test_an_exception_is_its_kind_and_place_without_words_or_variables() -> None:
    secret_variable = CANARY
    try:
        raise IntegrityError(f"Key (email)=({secret_variable}) already exists")
    except IntegrityError:
        record = _record("broke", name="django.request")
        record.exc_info = sys.exc_info()
    line = json.loads(_line_of(record))
    assert line["exception"] == "IntegrityError"
    assert any("test_an_exception_is_its_kind" in frame for frame in line["frames"])
    assert CANARY not in str(line)


def test_a_line_is_one_line() -> None:
    assert "\n" not in _line_of(_record("a\nb", name="home"))


def _ask(settings: Any, **headers: str) -> HttpResponse:
    settings.LOG_REQUESTS = False

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x")

    return RequestLogMiddleware(answer)(RequestFactory().get("/", headers=headers))  # type: ignore[return-value]


@pytest.mark.django_db
def test_the_number_of_a_request_is_made_here_unless_our_proxy_made_it(settings: Any) -> None:
    number = "0123456789abcdef0123456789abcdef"
    assert _ask(settings, **{"x-request-id": number}).headers["X-Request-ID"] != number
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert _ask(settings, **{"x-request-id": number}).headers["X-Request-ID"] == number
    assert _ask(settings, **{"x-request-id": "jane@example.org"}).headers["X-Request-ID"] != "jane@example.org"
