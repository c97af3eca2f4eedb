"""The action plan as a calendar file: a day for each thing that is still to do."""

from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .models import SelfAssessment
from .selectors.assessment import plan_of


def calendar_of_plan(assessment: SelfAssessment, *, url: str) -> bytes:
    """All-day entries on the days of the plan, and the day on which the self-assessment runs out.

    The setting's name and the standard's own words go in, the setting's notes stay out: calendars are shared.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Safeguarding children partnership//Action plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Action plan: %(name)s") % {"name": assessment.setting.name})
    for step in plan_of(assessment):
        if step.by is not None:
            words = "\n\n".join(filter(None, [step.item.how_to_start, url]))
            calendar.add_component(_event(assessment, f"{step.item.code}", step.by, step.item.question, words, url))
    if assessment.expires_on is not None:
        again = _("Look at the safeguarding standard again")
        calendar.add_component(_event(assessment, "again", assessment.expires_on, again, url, url))
    return bytes(calendar.to_ical())


def _event(assessment: SelfAssessment, key: str, day: object, title: str, words: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"{assessment.pk}-{key}@standard")
    event.add("dtstamp", assessment.submitted_at or assessment.started_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # type: ignore[operator]
    event.add("summary", title)
    event.add("description", words)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
