"""When sessions happen: today in London, terms, single dates, and what is on now."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from community.directory.timetable import clock, timetable

TERMS = [
    (date(2026, 9, 1), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
]
WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def document(notice=None, **session):
    whole = {"activity": "a", "venue": "v", "weekday": 2, "starts": "16:00", "ends": "17:30", "season": "term",
             "valid_from": None, "valid_to": None, "dates": [], **session}  # fmt: skip
    return {
        "activities": {"a": {"name": "Football"}},
        "venues": {"v": {"kind": "public", "name": "Hall"}},
        "sessions": {"s": whole},
        "notice": notice or {},
    }


def only(doc, now=WEDNESDAY, terms=TERMS):
    days = timetable(doc, now=now, terms=terms)
    return days[0].sessions[0] if days else None


@pytest.mark.parametrize(
    ("now", "next_on", "is_on_now"),
    [
        (datetime(2026, 11, 25, 15, 59, tzinfo=UTC), date(2026, 11, 25), False),
        (datetime(2026, 11, 25, 16, 0, tzinfo=UTC), date(2026, 11, 25), True),
        (datetime(2026, 11, 25, 17, 29, tzinfo=UTC), date(2026, 11, 25), True),
        (datetime(2026, 11, 25, 17, 30, tzinfo=UTC), date(2026, 12, 2), False),
        (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), date(2026, 12, 2), False),
        # The last week of term: the next one is after the holidays.
        (datetime(2026, 12, 17, 9, 0, tzinfo=UTC), date(2027, 1, 6), False),
        # In summer London is an hour ahead of UTC.
        (datetime(2026, 9, 2, 15, 15, tzinfo=UTC), date(2026, 9, 2), True),
    ],
)
def test_the_next_date_and_on_now(now, next_on, is_on_now):
    session = only(document(), now=now)
    assert (session.next_on, session.is_on_now, session.is_certain) == (next_on, is_on_now, True)


def test_a_holiday_session_happens_between_terms():
    assert only(document(season="holiday")).next_on == date(2026, 12, 23)
    assert only(document(season="all-year")).next_on == date(2026, 11, 25)


def test_without_term_dates_term_time_is_a_guess_and_holidays_are_not_guessed():
    term, holiday = only(document(), terms=[]), only(document(season="holiday"), terms=[])
    assert (term.next_on, term.is_certain) == (date(2026, 11, 25), False)
    assert holiday.next_on is None
    now = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
    assert not only(document(), now=now, terms=[]).is_on_now


def test_first_and_last_day_are_kept():
    assert only(document(valid_from="2026-12-03")).next_on == date(2026, 12, 9)
    assert only(document(valid_to="2026-11-24")) is None
    last = only(document(valid_to="2026-11-25"))
    assert last.next_on == date(2026, 11, 25)


def test_single_dates_come_last_and_drop_one_by_one():
    session = only(document(weekday=None, dates=["2026-11-20", "2026-11-25", "2026-12-05"]))
    assert session.upcoming == (date(2026, 11, 25), date(2026, 12, 5))
    assert only(document(weekday=None, dates=["2026-11-20"])) is None


def test_a_setting_that_is_shut_has_no_next_date_until_it_opens_again():
    assert only(document(notice={"temporarily_closed": True})).next_on is None
    assert only(document(notice={"temporarily_closed": True, "reopens_on": "2026-12-01"})).next_on == date(2026, 12, 2)
    assert only(document(notice={"temporarily_closed": True, "reopens_on": "2026-11-01"})).next_on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(9), "9am"),
        (time(12), "12 noon"),
        (time(12, 15), "12:15pm"),
        (time(17, 5), "5:05pm"),
        (time(0, 30), "12:30am"),
    ],
)
def test_times_as_people_say_them(at, words):
    assert clock(at) == words


def test_times_stay_in_one_piece_among_words_from_right_to_left():
    session = only(document())
    assert session.times == "4pm to 5:30pm"
    with translation.override("ar"):
        assert "\u20684pm\u2069" in session.times
        assert "\u20685:30pm\u2069" in session.times
