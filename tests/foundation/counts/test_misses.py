"""Searches that found nothing: each rule of what may be remembered."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.counts.misses import (
    DAYS_NEEDED,
    LONGEST,
    MOST_PENDING_A_DAY,
    PERIOD_DAYS,
    forget_old_misses,
    normalised,
    period_of,
    record_search_miss,
)
from foundation.counts.models import PendingMiss, SearchMiss

pytestmark = pytest.mark.django_db
# The first day of a period, so that the days of a test lie in the same one.
FIRST = date.fromordinal((date(2026, 11, 22).toordinal() // PERIOD_DAYS) * PERIOD_DAYS)


def search_on(time_machine: Any, day: date, term: str = "county lines", language: str = "en") -> None:
    time_machine.move_to(f"{day.isoformat()} 12:00:00+00:00", tick=False)
    record_search_miss(term=term, language=language)


def test_words_are_kept_on_the_fifth_separate_day_and_not_before(time_machine: Any) -> None:
    for number in range(DAYS_NEEDED - 1):
        search_on(time_machine, FIRST + timedelta(days=number))
        assert not SearchMiss.objects.exists()
    search_on(time_machine, FIRST + timedelta(days=30))
    assert SearchMiss.objects.values_list("term", "language", "days").get() == ("county lines", "en", 5)
    assert not PendingMiss.objects.exists()


def test_many_searches_on_one_day_are_one_day(time_machine: Any) -> None:
    for _time in range(20):
        search_on(time_machine, FIRST)
    assert PendingMiss.objects.get().days == 1


def test_until_then_there_is_only_a_keyed_hash(time_machine: Any, settings: Any) -> None:
    search_on(time_machine, FIRST, "my stepdad")
    pending = PendingMiss.objects.get()
    everything = " ".join(str(value) for value in pending.__dict__.values())
    assert "stepdad" not in everything
    assert {field.name for field in PendingMiss._meta.fields} == {"id", "digest", "period", "days", "last_day"}
    settings.SECRET_KEY = "another"
    search_on(time_machine, FIRST, "my stepdad")
    assert PendingMiss.objects.exclude(digest=pending.digest).exists()


def test_case_width_and_spaces_do_not_count(time_machine: Any) -> None:
    for number, term in enumerate(
        ["County  Lines", " county lines ", "COUNTY LINES", "ｃounty lines", "county\tlines"]
    ):
        search_on(time_machine, FIRST + timedelta(days=number), term)
    assert SearchMiss.objects.get().term == "county lines"


def test_the_same_words_in_two_languages_are_two(time_machine: Any) -> None:
    for number in range(3):
        search_on(time_machine, FIRST + timedelta(days=number), language="en")
        search_on(time_machine, FIRST + timedelta(days=number), language="so")
    assert sorted(PendingMiss.objects.values_list("days", flat=True)) == [3, 3]


@pytest.mark.parametrize(
    "term",
    [
        "020 7974 3317", "nw1 8ab", "year 7", "call ٣٤", "half ½", "Ⅳ", "four²", "①",
        "jane@example.org", "jane＠example.org", "@jane",
        "x" * (LONGEST + 1), "ab " * 14, "", "   ", "\t\n", "nul\x00word", "bell\x07",
    ],
)  # fmt: skip
def test_never_a_digit_an_at_or_a_long_one_not_even_hashed(term: str) -> None:
    record_search_miss(term=term, language="en")
    assert not PendingMiss.objects.exists()
    assert not SearchMiss.objects.exists()


def test_forty_characters_are_just_short_enough() -> None:
    assert normalised("x" * LONGEST) == "x" * LONGEST


@given(st.text(max_size=60))
def test_whatever_is_kept_obeys_the_rules(term: str) -> None:
    kept = normalised(term)
    if kept is not None:
        assert 0 < len(kept) <= LONGEST
        assert "@" not in kept
        assert not any(sign.isnumeric() for sign in kept)
        assert kept == normalised(kept)


def test_hashes_of_two_periods_never_meet_and_old_ones_are_deleted(time_machine: Any) -> None:
    for number in range(DAYS_NEEDED - 1):
        search_on(time_machine, FIRST + timedelta(days=number))
    old = PendingMiss.objects.get().digest
    later = FIRST + timedelta(days=PERIOD_DAYS)
    assert period_of(later) == period_of(FIRST) + 1
    search_on(time_machine, later)
    assert not SearchMiss.objects.exists()
    assert PendingMiss.objects.exclude(digest=old).get().days == 1
    assert forget_old_misses() == 1
    assert not PendingMiss.objects.filter(digest=old).exists()


def test_kept_words_count_on_and_are_forgotten_after_a_year_of_silence(time_machine: Any) -> None:
    for number in range(7):
        search_on(time_machine, FIRST + timedelta(days=number))
    assert SearchMiss.objects.get().days == 7
    time_machine.move_to(f"{(FIRST + timedelta(days=360)).isoformat()} 12:00:00+00:00")
    assert forget_old_misses() == 0
    time_machine.move_to(f"{(FIRST + timedelta(days=375)).isoformat()} 12:00:00+00:00")
    assert forget_old_misses() == 1


def test_noise_cannot_fill_the_table(time_machine: Any) -> None:
    time_machine.move_to(f"{FIRST.isoformat()} 12:00:00+00:00", tick=False)
    PendingMiss.objects.bulk_create(
        PendingMiss(digest=str(number), period=period_of(FIRST), last_day=FIRST) for number in range(MOST_PENDING_A_DAY)
    )
    record_search_miss(term="one more", language="en")
    assert PendingMiss.objects.count() == MOST_PENDING_A_DAY


def test_a_search_never_fails_over_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from foundation.counts import misses

    def broken(*_arguments: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(misses, "_record", broken)
    record_search_miss(term="words", language="en")
