"""Nobody can tell from the database in which order a class answered, nor which class an answer is from."""

import itertools
import random

import pytest
from django.db import connection

from surveys.collection.models import Held, Pooled, Sealed
from surveys.collection.services import Receipt, flush_session, receive
from surveys.collection.services.cleaning import clean_if_quiet, is_sealing_complete

from .traces import COUNT, FIRST, orders_in, places_in_bytes, rank_correlation

MOST = 0.25


def answer(lesson, places):
    for place in places:
        nonce = f"a-nonce-for-the-pupil-{place}"
        assert receive(session=lesson, nonce=nonce, answers={"PLACE": place, "MOOD": 1}, version=1) == Receipt.STORED


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_answering_cannot_be_read_anywhere(on_file, make_wave, make_lesson, seed):
    wave = make_wave()
    lesson = make_lesson(wave, present=COUNT)
    answer(lesson, range(FIRST, FIRST + COUNT))
    flush_session(session=lesson)
    assert clean_if_quiet()
    assert is_sealing_complete(wave.pk)
    orders = orders_in(on_file)
    assert {"key", "dump", "plain select"} < orders.keys()
    for name, order in orders.items():
        assert sorted(order) == list(range(FIRST, FIRST + COUNT)), f"{name} must show each sealed row once, no more"
        assert abs(rank_correlation(order)) < MOST, f"{name} gives the order away"


def test_before_the_flush_the_order_can_be_read_so_this_test_can_fail(on_file, make_wave, make_lesson):
    """The reader of traces must find an order where there is one: the holding table of an open lesson."""
    lesson = make_lesson(make_wave(), present=COUNT)
    answer(lesson, range(FIRST, FIRST + COUNT))
    if on_file is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT (answers->>0)::int FROM surveys_held ORDER BY ctid")
            order = [row[0] for row in cursor.fetchall()]
    else:
        seen = places_in_bytes(on_file.with_name(f"{on_file.name}-wal").read_bytes())
        order = list(dict.fromkeys(seen))
    assert abs(rank_correlation(order)) > 0.9


def rows_of(model):
    return {str(row.pk): row.answers[0] for row in model.objects.all()}


def test_three_classes_of_one_year_cannot_be_told_apart(on_file, make_wave, make_lesson):
    """By key, by place in the file, by transaction: the class of a row cannot be guessed better than by chance."""
    wave = make_wave()
    lessons = [make_lesson(wave, present=40) for _number in range(3)]
    for number, lesson in enumerate(lessons):
        answer(lesson, range(100 * (number + 1), 100 * (number + 1) + 30))
    keys_before = {}
    for lesson in lessons:
        flush_session(session=lesson)
        keys = rows_of(Sealed)
        assert not keys.keys() & keys_before.keys(), "a key that stays tells old rows from new ones"
        keys_before = keys
    assert clean_if_quiet()
    for name, order in orders_in(on_file).items():
        assert len(order) == 90
        by_class = [place // 100 for place in order]
        assert _neighbours_alike(by_class) < 0.5, f"{name} keeps the classes together"


def _neighbours_alike(labels):
    """How many neighbours share a class; a third by chance, nearly all where classes stand together."""
    return sum(left == right for left, right in itertools.pairwise(labels)) / (len(labels) - 1)


def test_two_dumps_around_a_flush_show_only_what_the_public_page_admits(on_file, make_wave, make_lesson):
    """Who has a dump from before and one from after a flush can subtract them: the set of answers that one class sealed.
    Not who wrote which, nor in which order. The page "What is stored" says so."""
    wave = make_wave()
    first, second = make_lesson(wave), make_lesson(wave)
    answer(first, range(100, 130))
    flush_session(session=first)
    before = sorted(row.answers[0] for row in Sealed.objects.all())
    answer(second, range(200, 230))
    flush_session(session=second)
    after = sorted(row.answers[0] for row in Sealed.objects.all())
    assert sorted(set(after) - set(before)) == list(range(200, 230))


def test_one_answer_changes_nothing_but_the_holding_table(on_file, make_wave, make_lesson):
    lesson = make_lesson(make_wave(), present=12)
    answer(lesson, range(100, 111))
    before = (rows_of(Sealed), rows_of(Pooled), lesson.__class__.objects.values().get(pk=lesson.pk))
    answer(lesson, [111])
    assert (rows_of(Sealed), rows_of(Pooled), lesson.__class__.objects.values().get(pk=lesson.pk)) == before
    flush_session(session=lesson)
    assert Held.objects.count() == 0
    assert sorted(rows_of(Sealed).values()) == list(range(100, 112))


def test_somebody_with_both_dumps_guesses_no_better_than_chance(on_file, make_wave, make_lesson):
    """A solver is told who sent last and sees every order that the sealed rows can be read in. One guess in twelve is
    chance; 30 lessons of twelve give it 30 guesses for each order."""
    hits, guesses = {}, 30
    for _number in range(guesses):
        wave = make_wave()
        lesson = make_lesson(wave, present=12, year_group=8)
        places = random.sample(range(100, 999), 12)
        answer(lesson, places)
        flush_session(session=lesson)
        for name, ordered in {
            "key": Sealed.objects.filter(wave_id=wave.pk).order_by("id"),
            "plain": Sealed.objects.filter(wave_id=wave.pk),
        }.items():
            guess = list(ordered)[-1].answers[0]
            hits[name] = hits.get(name, 0) + (guess == places[-1])
    assert max(hits.values()) <= 9, f"chance is {guesses / 12} of {guesses}: {hits}"
