"""Somebody who knows a class code and guesses the rest."""

import json

import pytest
from django.core.cache import cache

from surveys.answering import slowing
from surveys.collection.services import count_held
from surveys.fieldwork import slips
from tests.surveys.answering.conftest import (
    CODE,
    NONCE,
    lesson,  # noqa: F401
    make_lesson,  # noqa: F401
    make_school,  # noqa: F401
    make_wave,  # noqa: F401
    open_lesson,  # noqa: F401
)


@pytest.fixture
def guesses(client, lesson, monkeypatch):  # noqa: F811
    """`guesses(slip)`: what a script is told that sends answers with this slip, after a minute's worth of guesses."""
    lesson.uses_slips, lesson.slip_key, lesson.slips_spent = True, slips.new_key(), slips.unspent(33)
    lesson.save()
    cache.clear()
    monkeypatch.setattr(slowing, "FREE_IN_A_MINUTE", 2)
    monkeypatch.setattr(slowing, "_slots", slowing.threading.BoundedSemaphore(1))
    slowing._slots.acquire()

    def send(slip):
        sent = {"code": CODE, "version": 1, "nonce": NONCE, "slip": slip, "answers": {"SLEEP": 1}}
        response = client.post("/s/send/", json.dumps(sent), content_type="application/json")
        return response.status_code, response.json()["state"]

    return send


def test_guesses_at_slips_are_slowed_where_answers_are_sent_and_a_right_slip_never_is(guesses, lesson):  # noqa: F811
    told = [guesses("aaaaaa") for _ in range(4)]

    assert told == [(409, "spent"), (409, "spent"), (503, "busy"), (503, "busy")]
    assert guesses(slips.slips_of(lesson)[0]) == (200, "sent")
    assert count_held(lesson) == 1


@pytest.mark.usefixtures("guesses")
def test_guesses_at_slips_are_slowed_at_the_door_too(client):
    told = [client.post("/s/questions/", {"code": CODE, "slip": "aaaaaa"}).status_code for _ in range(4)]

    assert told == [404, 404, 429, 429]


def test_a_code_tells_no_more_by_its_answer_than_that_it_is_live(client, lesson):  # noqa: F811
    """A lesson that was sealed and a code that never was are the same bytes."""

    def ask(code):
        sent = {"code": code, "version": 1, "nonce": NONCE, "slip": "", "answers": {}}
        response = client.post("/s/send/", json.dumps(sent), content_type="application/json")
        return response.status_code, response.content, sorted(response.headers.items())

    never = ask("river-lemon-bamboo-11")
    lesson.state = "sealed"
    lesson.save()

    assert ask(CODE) == never
