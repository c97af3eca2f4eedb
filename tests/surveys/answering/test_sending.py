"""One POST, one row: what is taken, what is refused, and in which words."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.collection.models import Held
from surveys.collection.services import count_held, flush_session
from surveys.fieldwork import slips
from surveys.fieldwork.enums import SessionState
from tests.surveys.collection.conftest import question

from .conftest import CODE, NONCE, add_version, small

pytestmark = pytest.mark.django_db


def held(lesson):
    """The arrays that this lesson holds."""
    return list(Held.objects.filter(session_id=lesson.pk).values_list("answers", flat=True))


def test_answers_are_stored_once_and_called_sent(lesson, post):
    assert post({"SLEEP": 1, "CLUBS": [1, 2], "DRINKS": {"tea": 2}, "HOURS": 9}) == (200, "sent")
    # SLEEP, WHY, YEAR10, HARD, three CLUBS, two DRINKS, HOURS
    assert held(lesson) == [[1, -3, -3, -1, 1, 1, 0, -1, 2, 9]]


def test_sent_again_with_the_same_number_counts_once(lesson, post):
    assert post({"SLEEP": 1}) == (200, "sent")
    assert post({"SLEEP": 1}) == (200, "already")
    assert count_held(lesson) == 1


def test_a_closing_lesson_takes_what_is_on_its_way(lesson, post):
    lesson.state, lesson.closed_at = SessionState.CLOSING, timezone.now()
    lesson.save()
    assert post({"SLEEP": 1}) == (200, "sent")


def test_after_the_grace_nothing_is_stored_and_nobody_is_told_sent(lesson, post):
    lesson.state, lesson.closed_at = SessionState.CLOSING, timezone.now() - timedelta(minutes=6)
    lesson.save()
    assert post({"SLEEP": 1}) == (410, "closed")
    assert held(lesson) == []


def test_a_sealed_lesson_takes_nothing(lesson, post):
    for number in range(10):
        post({"SLEEP": 1}, nonce=f"{number:032x}")
    flush_session(session=lesson)
    assert post({"SLEEP": 1}) == (410, "closed")
    assert held(lesson) == []


def test_the_cap_is_told_as_full(open_lesson, post):
    lesson = open_lesson(present=1)
    assert [post({}, nonce=f"{number:032x}")[1] for number in range(3)] == ["sent", "sent", "full"]
    assert count_held(lesson) == 2


REFUSED = {
    "an option that is not offered": {"SLEEP": 9},
    "a number out of range": {"HOURS": 1000},
    "a text for a number": {"HOURS": "9"},
    "true for a number": {"SLEEP": True},
    "half a number": {"SLEEP": 1.5},
    "a question of another year": {"YEAR10": 1},
    "a question that nobody asks": {"NOTHING": 1},
    "none of these with something else": {"CLUBS": [1, 3]},
    "too many": {"CLUBS": list(range(5000))},
    "twice the same": {"CLUBS": [1, 1]},
    "a row that is not there": {"DRINKS": {"poison": 1}},
    "a list for a choice": {"SLEEP": [1]},
    "depth": {"DRINKS": {"tea": {"tea": {"tea": 1}}}},
}


@pytest.mark.parametrize("answers", REFUSED.values(), ids=REFUSED.keys())
def test_answers_that_no_page_offers_are_refused(lesson, post, answers):
    assert post(answers) == (400, "refused")
    assert held(lesson) == []


def test_a_text_is_taken_with_its_length_and_half_a_character_is_not(open_lesson, post):
    paper = small()
    paper["sections"][0]["questions"].append(question("WISH", "text"))
    lesson = open_lesson(paper=paper)
    assert post({"WISH": "x" * 281}) == (400, "refused")
    assert post({"WISH": "\ud800"}) == (400, "refused")
    assert held(lesson) == []
    assert post({"WISH": "More time outside"}) == (200, "sent")
    assert "outside" not in str(held(lesson))


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([1, 2, 3, -1, -2, -3]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["tea", "lunch", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
CODES = st.sampled_from(["SLEEP", "WHY", "YEAR10", "HARD", "CLUBS", "DRINKS", "HOURS", "x"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.dictionaries(CODES, ANYTHING, max_size=4), number=st.integers(0, 2**128 - 1))
def test_whatever_is_sent_is_answered_in_words(lesson, post, answers, number):
    status, state = post(answers, nonce=f"{number:032x}")
    assert (status, state) in {(200, "sent"), (200, "already"), (400, "refused"), (409, "full")}


BROKEN = {
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "very deep": "[" * 20_000,
    "no UTF-8": b"\xff\xfe{}",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_body_is_refused(lesson, post, body):
    assert post(body=body) == (400, "refused")


FORGED = {
    "no nonce": {"nonce": None},
    "a short nonce": {"nonce": "1"},
    "a long nonce": {"nonce": "a" * 5000},
    "answers in a list": {"answers": []},
    "a version that never was": {"version": 99},
    "a version in words": {"version": "1"},
    "a slip that is a number": {"slip": 3},
    "a code that is none": {"code": ["a"]},
}


@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED.keys())
def test_a_forged_message_is_refused(lesson, client, changes):
    sent = {"code": CODE, "version": 1, "nonce": NONCE, "slip": "", "answers": {"SLEEP": 1}, **changes}
    response = client.post("/s/send/", sent, content_type="application/json")
    assert (response.status_code, response.json()) == (400, {"state": "refused"})
    assert held(lesson) == []


def test_a_huge_body_is_not_read(lesson, client):
    response = client.post("/s/send/", "9" * 70_000, content_type="application/json")
    assert (response.status_code, response.json()) == (413, {"state": "refused"})


def test_a_huge_form_is_answered_in_words(lesson, client):
    response = client.post("/s/send/", {"page": "9" * 70_000})
    assert response.status_code == 413
    assert "could not be taken" in response.content.decode()


def test_a_page_from_before_a_correction_is_still_taken(lesson, post):
    corrected = small(number=2)
    corrected["sections"][0]["questions"].append({**corrected["sections"][0]["questions"][0], "code": "NEW"})
    add_version(lesson.wave, corrected)
    assert post({"SLEEP": 1}, version=1) == (200, "sent")
    assert post({"SLEEP": 2, "NEW": 1}, version=2, nonce="f" * 32) == (200, "sent")
    assert count_held(lesson) == 2


def test_a_wrong_code_cannot_send(lesson, post):
    assert post({"SLEEP": 1}, code="bamboo-lemon-river-43") == (410, "closed")
    assert held(lesson) == []


def test_each_slip_sends_once(lesson, post):
    lesson.uses_slips, lesson.slip_key, lesson.slips_spent = True, slips.new_key(), slips.unspent(33)
    lesson.save()
    first, second, *_rest = slips.slips_of(lesson)
    assert post({"SLEEP": 1}, slip=first) == (200, "sent")
    assert post({"SLEEP": 1}, slip=first, nonce="f" * 32) == (409, "spent")
    assert post({"SLEEP": 1}, slip="", nonce="e" * 32) == (409, "spent")
    assert post({"SLEEP": 1}, slip=second, nonce="d" * 32) == (200, "sent")
    assert count_held(lesson) == 2


def test_fifty_threads_with_one_number_are_one_row(on_file, open_lesson):
    lesson = open_lesson()
    body = json.dumps({"code": CODE, "version": 1, "nonce": NONCE, "slip": "", "answers": {"SLEEP": 1}})
    states, barrier = [], threading.Barrier(50)

    def one():
        barrier.wait()
        try:
            states.append(Client().post("/s/send/", body, content_type="application/json").json()["state"])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(states) == ["already"] * 49 + ["sent"]
    assert count_held(lesson) == 1
