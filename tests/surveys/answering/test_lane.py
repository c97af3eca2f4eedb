"""The short way that answers take: the same answers and headers as the long way, for exactly one kind of request."""

import json

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from surveys.answering import lane
from surveys.collection.services import count_held
from surveys.fieldwork.enums import SessionState
from surveys.fieldwork.models import ClassSession

from .conftest import CODE, NONCE

pytestmark = pytest.mark.django_db


def sent(number=0, **changes):
    return json.dumps({"code": CODE, "version": 1, "nonce": f"{number:032x}", "slip": "", "answers": {}, **changes})


def way_of(request: WSGIRequest) -> str:
    def long_way(_request):
        return HttpResponse("long")

    return "long" if lane.SendingLaneMiddleware(long_way)(request).content == b"long" else "short"


def test_the_address_is_the_one_of_the_view():
    assert reverse("survey_send") == lane.PATH


def test_only_answers_of_the_page_s_script_take_it():
    make = RequestFactory()
    assert way_of(make.post("/s/send/", sent(), content_type="application/json")) == "short"
    assert way_of(make.post("/s/send/", sent(), content_type="application/json; charset=utf-8")) == "short"
    assert way_of(make.post("/s/send/", {"page": "x"})) == "long"
    assert way_of(make.get("/s/send/")) == "long"
    assert way_of(make.post("/s/send", sent(), content_type="application/json")) == "long"
    assert way_of(make.post("/en/s/send/", sent(), content_type="application/json")) == "long"


def test_what_came_without_https_is_sent_on_where_https_is_wanted(settings):
    settings.SECURE_SSL_REDIRECT = True
    make = RequestFactory()
    assert way_of(make.post("/s/send/", sent(), content_type="application/json")) == "long"
    assert way_of(make.post("/s/send/", sent(), content_type="application/json", secure=True)) == "short"


def test_a_host_that_is_not_ours_is_refused(client, lesson):
    answer = client.post("/s/send/", sent(), content_type="application/json", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert count_held(lesson) == 0


def test_its_answers_carry_every_header_of_a_pupil_s_page(client, lesson):
    client.cookies["sessionid"] = "x" * 32
    answer = client.post("/s/send/", sent(), content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"state": "sent"})
    expected = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Length": str(len(answer.content)),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: answer.headers.get(name) for name in expected} == expected
    assert "default-src" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies


def test_every_answer_but_the_first_is_one_statement(client, lesson, django_assert_max_num_queries):
    client.post("/s/send/", sent(0), content_type="application/json")
    with django_assert_max_num_queries(0):  # ours goes past Django's cursors, and the session is known
        assert client.post("/s/send/", sent(1), content_type="application/json").json() == {"state": "sent"}
    assert count_held(lesson) == 2


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"state": SessionState.DISCARDED, "code": None, "opened_at": None}, "closed"),
        ({"state": SessionState.SEALED, "code": None, "opened_at": None}, "closed"),
    ],
)
def test_a_session_that_ended_meanwhile_takes_nothing_though_it_is_still_in_memory(client, lesson, changes, state):
    assert client.post("/s/send/", sent(0), content_type="application/json").json() == {"state": "sent"}
    ClassSession.objects.filter(pk=lesson.pk).update(**changes)
    assert client.post("/s/send/", sent(1), content_type="application/json").json() == {"state": state}
    assert count_held(lesson) == 1


def test_a_replayed_number_keeps_the_first_answers(client, lesson):
    for answers in ({"SLEEP": 1}, {"SLEEP": 2}):
        answer = client.post("/s/send/", sent(nonce=NONCE, answers=answers), content_type="application/json")
    assert answer.json() == {"state": "already"}
    assert count_held(lesson) == 1
