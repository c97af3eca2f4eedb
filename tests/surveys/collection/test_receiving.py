"""One pupil's answers come in once, under the cap, while the lesson is open."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from surveys.collection.services import Receipt, count_held, discard_held, flush_session, receive
from surveys.errors import AnswersRefused
from surveys.fieldwork.enums import SessionState

from .conftest import add_version, document, question

NONCE = "a-nonce-of-some-length-{}"
pytestmark = pytest.mark.django_db


def send(lesson, number=1, place=0, **changes):
    return receive(
        **{"session": lesson, "nonce": NONCE.format(number), "answers": {"PLACE": place}, "version": 1, **changes}
    )


def test_what_was_sent_twice_is_kept_once_and_called_sent_both_times(make_wave, make_lesson):
    lesson = make_lesson(make_wave())
    assert [send(lesson), send(lesson)] == [Receipt.STORED, Receipt.ALREADY_STORED]
    assert count_held(lesson) == 1


def test_a_full_lesson_takes_no_more_but_still_knows_what_it_has(make_wave, make_lesson):
    lesson = make_lesson(make_wave(), present=10)
    receipts = [send(lesson, number) for number in range(12)]
    assert receipts == [Receipt.STORED] * 11 + [Receipt.FULL]
    assert send(lesson, 0) == Receipt.ALREADY_STORED


def test_nothing_is_taken_after_the_grace_nor_called_sent(make_wave, make_lesson):
    lesson = make_lesson(make_wave(), present=10)
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=4), tick=False):
        assert send(lesson, 1) == Receipt.STORED
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=6), tick=False):
        assert send(lesson, 2) == Receipt.CLOSED
    flush_session(session=lesson)
    assert send(lesson, 3) == Receipt.CLOSED
    assert send(lesson, 1) == Receipt.CLOSED, "the hash of the nonce must be gone with the flush"
    assert count_held(lesson) == 0


def test_a_page_from_before_a_correction_is_still_good(make_wave, make_lesson):
    wave = make_wave()
    lesson = make_lesson(wave)
    corrected = document(question("PLACE", "number"), question("MOOD"), question("NEW"), number=2)
    add_version(wave, corrected)
    assert send(lesson, 1, version=1) == Receipt.STORED
    assert send(lesson, 2, version=2, answers={"NEW": 2}) == Receipt.STORED


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"nonce": "short"},
        {"nonce": "quote'; DROP TABLE surveys_held; --"},
        {"nonce": None},
        {"answers": {"UNKNOWN": 1}},
        {"answers": {"MOOD": 4}},
        {"answers": {"MOOD": True}},
        {"answers": {"PLACE": 1000}},
        {"answers": ["MOOD"]},
        {"answers": {"MOOD": {"deep": [1]}}},
    ],
)
def test_what_no_page_of_ours_sends_is_refused_kindly_and_leaves_nothing(make_wave, make_lesson, changes):
    lesson = make_lesson(make_wave())
    with pytest.raises(AnswersRefused, match="start again from the class code"):
        send(lesson, **changes)
    assert count_held(lesson) == 0


def test_a_slip_is_good_once_and_a_resend_of_it_is_known(make_wave, make_lesson):
    lesson = make_lesson(make_wave(), present=None, uses_slips=True, slips_spent=bytes(1))
    assert send(lesson, 1, slip=3) == Receipt.STORED
    assert send(lesson, 1, slip=3) == Receipt.ALREADY_STORED
    assert send(lesson, 2, slip=3) == Receipt.SLIP_SPENT
    assert send(lesson, 2, slip=8) == Receipt.SLIP_SPENT
    assert send(lesson, 2, slip=None) == Receipt.SLIP_SPENT
    assert send(lesson, 2, slip=7) == Receipt.STORED
    lesson.refresh_from_db()
    assert bytes(lesson.slips_spent) == bytes([0b10001000])


def test_a_lesson_thrown_away_leaves_nothing(make_wave, make_lesson):
    wave = make_wave()
    lesson, other = make_lesson(wave), make_lesson(wave)
    send(lesson), send(other)
    discard_held(session=lesson)
    assert (count_held(lesson), count_held(other)) == (0, 1)


def test_a_lesson_that_a_crash_emptied_says_so_and_is_not_filled_by_halves(make_wave, make_lesson):
    lesson, untouched = make_lesson(make_wave()), make_lesson(make_wave())
    send(lesson)
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM surveys_held")  # what PostgreSQL does to an UNLOGGED table after a crash
    assert send(lesson, 2) == Receipt.CLOSED
    lesson.refresh_from_db()
    assert lesson.state == SessionState.LOST
    assert send(untouched) == Receipt.STORED


def in_threads(count, work):
    """Run `work(number)` in as many threads at once; what they gave."""
    found, barrier = [], threading.Barrier(count)

    def one(number):
        barrier.wait()
        try:
            found.append(work(number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_fifty_threads_with_one_nonce_are_one_row(on_file, make_wave, make_lesson):
    lesson = make_lesson(make_wave())
    receipts = in_threads(50, lambda number: send(lesson, 1, number))
    assert sorted(receipt.value for receipt in receipts) == ["already stored"] * 49 + ["stored"]
    assert count_held(lesson) == 1


def test_the_cap_holds_under_fifty_threads(on_file, make_wave, make_lesson):
    lesson = make_lesson(make_wave(), present=20)
    receipts = in_threads(50, lambda number: send(lesson, number, number))
    assert receipts.count(Receipt.STORED) == 22
    assert receipts.count(Receipt.FULL) == 28
    assert count_held(lesson) == 22


def test_a_flush_among_fifty_threads_neither_loses_nor_strands_a_row(on_file, make_wave, make_lesson):
    wave = make_wave()
    lesson = make_lesson(wave, present=60)
    for number in range(100, 110):
        send(lesson, number)

    def work(number):
        if number == 25:
            flush_session(session=lesson)
            return None
        return send(lesson, number, number)

    receipts = in_threads(50, work)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM surveys_held), (SELECT count(*) FROM surveys_sealed)")
        assert cursor.fetchone() == (0, 10 + receipts.count(Receipt.STORED))
    assert set(receipts) <= {Receipt.STORED, Receipt.CLOSED, None}
