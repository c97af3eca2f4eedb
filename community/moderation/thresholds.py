"""The private helper for two lines in the law: childcare that may need Ofsted, and teaching that may be a school.

It counts hours and ages from the timetable and says "may", never "must": people decide. Nothing of it is ever public.
What no timetable tells it does not guess: how many children come, who of them is looked after or has a plan, and whether
any stay overnight (a session begins and ends on one day). `untold` says so beside every prompt.
Sources: Childcare Act 2006 registration exemptions (two hours a day for children under eight), and the Department for
Education's reading of full-time education as more than 18 hours a week in the daytime, for five or more children of
compulsory school age, or one who is looked after or has a plan (EHCP).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from ..register.document import Document
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


@dataclass(frozen=True)
class _Slot:
    """A session with the ages of its activity: of the working copy, or of a published document."""

    weekday: int | None
    dates: tuple[str, ...]
    starts: time
    ends: time
    season: str
    youngest: int
    oldest: int


def prompts_for(setting: Setting) -> list[Prompt]:
    """What the timetable suggests that somebody should ask about. Reads the sessions: 1 query."""
    sessions = Session.objects.filter(activity__setting=setting).select_related("activity")
    slots = [
        _Slot(
            each.weekday, tuple(each.dates), each.starts, each.ends, each.season, each.activity.age_min,
            each.activity.age_max,
        )
        for each in sessions
    ]  # fmt: skip
    return _prompts(slots, setting.ofsted_register)


def lines_crossed(document: Document) -> set[Threshold]:
    """Which lines the timetable of a public document may cross."""
    activities = document.get("activities", {})
    slots = [
        _Slot(
            each["weekday"], tuple(each["dates"]), time.fromisoformat(each["starts"]), time.fromisoformat(each["ends"]),
            each["season"], ages["age_min"], ages["age_max"],
        )
        for each in document.get("sessions", {}).values()
        if (ages := activities.get(each["activity"]))
    ]  # fmt: skip
    return {prompt.threshold for prompt in _prompts(slots, document.get("ofsted", {}).get("register", ""))}


def untold() -> str:
    """What the register does not ask, and so no prompt can know."""
    return _(
        "The register does not ask whether children stay overnight, how many come, or whether one is looked after or has "
        "an education, health and care plan. Ask that too."
    )


def _prompts(slots: list[_Slot], ofsted_register: str) -> list[Prompt]:
    return [prompt for prompt in (_ofsted_prompt(slots, ofsted_register), _school_prompt(slots)) if prompt]


def _ofsted_prompt(slots: list[_Slot], ofsted_register: str) -> Prompt | None:
    if ofsted_register not in {"", OfstedRegister.NONE}:
        return None
    with_young_children = [slot for slot in slots if slot.youngest < UNDER_EIGHT]
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


def _school_prompt(slots: list[_Slot]) -> Prompt | None:
    taught = [
        slot
        for slot in slots
        if slot.season != Season.HOLIDAY
        and slot.weekday is not None
        and set(range(slot.youngest, slot.oldest + 1)) & set(SCHOOL_AGES)
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


def _hours_by_day(slots: list[_Slot], within: tuple[time, time] | None = None) -> dict[Day, timedelta]:
    """Day -> time covered by at least one session; overlapping sessions count once."""
    spans: dict[Day, list[tuple[time, time]]] = defaultdict(list)
    for slot in slots:
        start, end = slot.starts, slot.ends
        if within:
            start, end = max(start, within[0]), min(end, within[1])
        days: list[Day] = [slot.weekday] if slot.weekday is not None else list(slot.dates)
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
