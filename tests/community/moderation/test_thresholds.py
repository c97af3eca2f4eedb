"""The private helper for the two lines in the law."""

from datetime import date, time, timedelta

import pytest

from community.moderation.thresholds import Threshold, prompts_for
from tests.factories.community import ActivityFactory, SessionFactory, SettingFactory

pytestmark = pytest.mark.django_db


def timetable(*sessions, age_min=5, age_max=11, **setting_fields):
    setting = SettingFactory(**setting_fields)
    activity = ActivityFactory(setting=setting, age_min=age_min, age_max=age_max)
    for weekday, starts, ends in sessions:
        SessionFactory(
            activity=activity, weekday=weekday, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends)
        )
    return setting


def test_two_hours_with_young_children_says_nothing():
    assert prompts_for(timetable((0, "15:30", "17:30"))) == []


def test_more_than_two_hours_with_young_children_may_need_ofsted():
    [prompt] = prompts_for(timetable((0, "15:30", "18:00")))
    assert prompt.threshold == Threshold.OFSTED
    assert prompt.hours == 2.5


def test_children_of_eight_and_over_need_no_ofsted_prompt():
    assert prompts_for(timetable((0, "15:30", "18:30"), age_min=8)) == []


def test_a_registered_setting_gets_no_ofsted_prompt():
    assert prompts_for(timetable((0, "15:30", "18:30"), ofsted_register="eyr")) == []


def test_sessions_at_the_same_time_count_once():
    assert prompts_for(timetable((0, "16:00", "18:00"), (0, "16:30", "18:00"))) == []


def test_eighteen_hours_in_the_daytime_may_be_a_school():
    week = [(day, "09:00", "13:00") for day in range(5)]
    prompts = prompts_for(timetable(*week, age_min=8))
    assert [prompt.threshold for prompt in prompts] == [Threshold.SCHOOL]
    assert prompts[0].hours == 20


def test_evening_hours_do_not_make_a_school():
    week = [(day, "16:00", "20:00") for day in range(5)]
    assert prompts_for(timetable(*week, age_min=8)) == []


def on_dates(count):
    setting = SettingFactory()
    activity = ActivityFactory(setting=setting, age_min=5, age_max=11)
    first = date(2027, 7, 26)
    SessionFactory(
        activity=activity, weekday=None, starts=time(9), ends=time(15), season="holiday",
        dates=[(first + timedelta(days=day)).isoformat() for day in range(count)],
    )  # fmt: skip
    return setting


def test_a_holiday_club_of_two_weeks_needs_no_prompt():
    assert prompts_for(on_dates(14)) == []


def test_a_holiday_club_on_more_days_may_need_ofsted_and_is_no_school():
    [prompt] = prompts_for(on_dates(15))
    assert (prompt.threshold, prompt.hours) == (Threshold.OFSTED, 6)
