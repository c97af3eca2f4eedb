"""What a lesson leaves behind: nothing but sealed numbers. Markers are planted in address, browser and answers."""

import io
import json
import logging
import tempfile
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.views.debug import ExceptionReporter

from foundation.logs.formatter import SafeJsonFormatter
from surveys.collection.models import TextAnswer
from surveys.collection.services import flush_session
from surveys.collection.texts import opened

from .conftest import document, question

ADDRESS, BROWSER, TYPED = "203.0.113.77", "MarkerBrowser/9.7", "marker words of a child"
NUMBER = 70_787_078
"""So long that no random token of a page or a log holds it by chance."""
PLACE = question("PLACE", "number", number={"min": 0, "max": NUMBER, "unit": {}, "bands": []})
ASKED = document(PLACE, question("MOOD"), question("WORDS", "text"))


@pytest.fixture
def written():
    """Everything that is logged, as our handler writes it, and as a careless one would."""
    safe, careless = io.StringIO(), io.StringIO()
    handlers = [logging.StreamHandler(safe), logging.StreamHandler(careless)]
    handlers[0].setFormatter(SafeJsonFormatter())
    loggers = [logging.getLogger(name) for name in ("", "foundation.requests", "django", "django.request", "surveys")]
    for logger in loggers:
        for handler in handlers:
            logger.addHandler(handler)
    yield safe, careless
    for logger in loggers:
        for handler in handlers:
            logger.removeHandler(handler)


def post(lesson, client=None, **changes):
    body = {
        "code": lesson.code,
        "version": 1,
        "nonce": "0123456789abcdef0123456789abcdef",
        "answers": {"PLACE": NUMBER, "WORDS": TYPED},
        **changes,
    }
    client = client or Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER)
    return client.post("/s/send/", json.dumps(body), content_type="application/json")


def live_code(lesson):
    lesson.code = "badger-lemon-river-42"
    lesson.save()
    return lesson


def everything_in_the_database():
    """Every value of every row of every table, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = repr(cursor.fetchall())
    return found


def test_a_whole_lesson_leaves_no_marker_anywhere(on_file, make_wave, make_lesson, written, settings):
    settings.LOG_REQUESTS = True
    settings.FILE_UPLOAD_TEMP_DIR = tempfile.mkdtemp(prefix="uploads-")
    lesson = live_code(make_lesson(make_wave(ASKED), present=30))
    for number in range(10):
        assert post(lesson, nonce=f"{number:032x}").json() == {"state": "sent"}
    assert post(lesson, nonce="bad").status_code == 400
    assert post(lesson, answers={"NOT_THERE": TYPED}).status_code == 400
    flush_session(session=lesson)
    markers = [ADDRESS, BROWSER, TYPED, f"{0:032x}", "0123456789abcdef0123456789abcdef"]
    places = {
        "log": written[0].getvalue(),
        "careless log": written[1].getvalue(),
        "mail": repr([message.message().as_string() for message in mail.outbox]),
        "temporary files": repr(list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())),
        "caches": repr([getattr(cache, "_cache", {}) for cache in caches.all()]),
        **everything_in_the_database(),
    }
    for name, content in places.items():
        for marker in markers:
            assert marker not in content, f"{marker} in {name}"
        if name not in {"surveys_sealed"}:
            assert f"[{NUMBER}" not in content, f"answers in {name}"
    assert str(NUMBER) in places["surveys_sealed"]


def test_texts_are_sealed_apart_and_can_be_joined_to_nothing(on_file, make_wave, make_lesson):
    lesson = live_code(make_lesson(make_wave(ASKED), present=30))
    for number in range(10):
        post(lesson, nonce=f"{number:032x}", answers={"PLACE": 100 + number, "WORDS": f"words {number}"})
    flush_session(session=lesson)
    texts = list(TextAnswer.objects.all())
    assert sorted(opened(text.text) for text in texts) == [f"words {number}" for number in range(10)]
    assert {text.state for text in texts} == {TextAnswer.State.WAITING}
    assert not {str(text.pk) for text in texts} & set(everything_in_the_database()["surveys_sealed"].split("'"))
    assert all(token.text[:16] == texts[0].text[:12] + token.text[12:16] for token in texts), "no time in the token"


def test_no_line_is_written_for_a_pupil_nor_a_teacher(db, client, settings, written):
    settings.LOG_REQUESTS = True
    for path in ("/s/", "/s/what-my-teacher-sees/", "/t/no-such-secret/", "/s/nothing/"):
        client.get(path)
    assert '"route"' not in written[0].getvalue()
    client.get("/health/live")
    client.get("/nothing/")
    assert '"route"' in written[0].getvalue(), "other addresses are logged, so this test can fail"


def test_of_a_fault_the_log_says_the_route_and_the_hour(
    on_file, make_wave, make_lesson, written, settings, monkeypatch
):
    settings.LOG_REQUESTS = True
    lesson = live_code(make_lesson(make_wave(ASKED)))

    def break_down(**_anything):
        raise RuntimeError(TYPED)

    monkeypatch.setattr("surveys.answering.views.sending.receive", break_down)
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER)
    response = post(lesson, client)
    assert response.status_code == 500
    assert "X-Request-ID" not in response.headers
    lines = [json.loads(line) for line in written[0].getvalue().splitlines()]
    assert any(line.get("route") == "s/send/" and line["status"] == 500 for line in lines)
    assert all(len(line["time"]) == len("2026-11-22T08") and "ms" not in line for line in lines)
    for marker in (TYPED, ADDRESS, BROWSER, str(NUMBER)):
        assert marker not in response.content.decode()
        assert marker not in written[0].getvalue()
    assert mail.outbox == []


@pytest.mark.parametrize("path", ["/s/send/", "/t/secret/"])
def test_a_report_of_a_fault_holds_no_body_address_or_variable(path):
    """What a developer's page, or a mail if somebody turned mails on, would show."""
    request = RequestFactory().post(path, {"answers": TYPED}, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER)
    try:
        answers = f"{TYPED} in a variable"
        raise ValueError(len(answers))
    except ValueError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        reports = reporter.get_traceback_html() + reporter.get_traceback_text()
    for marker in (f"{TYPED} in", ADDRESS, BROWSER):
        assert marker not in reports
    assert "answers" in reports


def pupils_addresses():
    """Every address under /s/."""
    patterns = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern).startswith("s/")]
    assert len(patterns) >= 7
    return [f"/{pattern.pattern}" for pattern in patterns]


@pytest.mark.parametrize("method", ["get", "post", "head", "options", "put"])
def test_no_address_of_pupils_sets_a_cookie_or_may_be_kept(db, method):
    for path in [*pupils_addresses(), "/s/nothing/"]:
        client = Client(raise_request_exception=False)
        response = getattr(client, method)(path)
        assert not response.cookies, path
        assert not client.cookies, path
        assert response.headers["Cache-Control"] == "no-store", path
        assert response.headers["Referrer-Policy"] == "no-referrer", path
        assert not {"ETag", "Last-Modified"} & set(response.headers), path
        assert "Cookie" not in response.headers.get("Vary", ""), path


def test_two_pupils_on_one_device_share_no_byte_of_state(on_file, make_wave, make_lesson):
    lesson = live_code(make_lesson(make_wave(ASKED), present=30))
    device = Client()
    fresh = device.get("/s/").content
    post(lesson, device)
    assert not device.cookies
    assert device.get("/s/").content == fresh
