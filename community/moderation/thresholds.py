"""The private helper for two lines in the law: childcare that may need Ofsted, and teaching that may be a school.

It counts hours and ages from the timetable and says "may", never "must": people decide. Nothing of it is ever public.
Sources: Childcare Act 2006 registration exemptions (two hours a day for children under eight), and the Department for
Education's reading of full-time education as more than 18 hours a week in the daytime, for five or more children of
compulsory school age, or one who is looked after or has a plan (EHCP).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from ..register.enums import OfstedRegister, Season
from ..register.models import Session, Setting

UNDER_EIGHT = 8
SCHOOL_AGES = range(5, 17)
OFSTED_HOURS_A_DAY = timedelta(hours=2)
SCHOOL_HOURS_A_WEEK = timedelta(hours=18)
DAYTIME = (time(8, 0), time(16, 0))
MOST_DAYS_A_YEAR = 14
"""Care on so few days a year need not be registered, if Ofsted is told."""
Day = int | str
"""A day of every week, or a single date."""


class Threshold(StrEnum):
    """Which line a timetable may cross."""

    OFSTED = "ofsted"
    SCHOOL = "school"


@dataclass(frozen=True)
class Prompt:
    """Something for a person to look at, in neutral words."""

    threshold: Threshold
    hours: float
    words: str


def prompts_for(setting: Setting) -> list[Prompt]:
    """What the timetable suggests that somebody should ask about. Reads the sessions: 1 query."""
    sessions = list(Session.objects.filter(activity__setting=setting).select_related("activity"))
    return [prompt for prompt in (_ofsted_prompt(setting, sessions), _school_prompt(sessions)) if prompt]


def _ofsted_prompt(setting: Setting, sessions: list[Session]) -> Prompt | None:
    if setting.ofsted_register not in {"", OfstedRegister.NONE}:
        return None
    with_young_children = [session for session in sessions if session.activity.age_min < UNDER_EIGHT]
    long_days = {day: span for day, span in _hours_by_day(with_young_children).items() if span > OFSTED_HOURS_A_DAY}
    if not any(isinstance(day, int) for day in long_days) and len(long_days) <= MOST_DAYS_A_YEAR:
        return None
    hours = max(long_days.values()) / timedelta(hours=1)
    return Prompt(
        Threshold.OFSTED,
        hours,
        _(
            "Children under 8 can be here for %(hours)g hours a day. Above 2 hours a place may need to register with "
            "Ofsted; many need not. Ask which exemption applies."
        )
        % {"hours": hours},
    )


def _school_prompt(sessions: list[Session]) -> Prompt | None:
    taught = [
        session
        for session in sessions
        if session.season != Season.HOLIDAY
        and session.weekday is not None
        and set(range(session.activity.age_min, session.activity.age_max + 1)) & set(SCHOOL_AGES)
    ]
    week = sum(_hours_by_day(taught, within=DAYTIME).values(), timedelta())
    if week < SCHOOL_HOURS_A_WEEK:
        return None
    hours = week / timedelta(hours=1)
    return Prompt(
        Threshold.SCHOOL,
        hours,
        _(
            "Children of school age can be here for %(hours)g hours a week in the daytime. From about 18 hours a place "
            "may have to register as a school. Ask how many children come, and for how long."
        )
        % {"hours": hours},
    )


def _hours_by_day(sessions: list[Session], within: tuple[time, time] | None = None) -> dict[Day, timedelta]:
    """Day -> time covered by at least one session; overlapping sessions count once."""
    spans: dict[Day, list[tuple[time, time]]] = defaultdict(list)
    for session in sessions:
        start, end = session.starts, session.ends
        if within:
            start, end = max(start, within[0]), min(end, within[1])
        days: list[Day] = [session.weekday] if session.weekday is not None else list(session.dates)
        for day in days:
            if start < end:
                spans[day].append((start, end))
    return {day: _covered(of_day) for day, of_day in spans.items()}


def _covered(spans: list[tuple[time, time]]) -> timedelta:
    total, latest = timedelta(), time.min
    for start, end in sorted(spans):
        uncovered = max(start, latest)
        if end > uncovered:
            total += _since_midnight(end) - _since_midnight(uncovered)
            latest = end
    return total


def _since_midnight(moment: time) -> timedelta:
    return datetime.combine(datetime.min, moment) - datetime.min
