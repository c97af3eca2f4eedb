"""A setting's sessions as a calendar file."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDDDLists, vRecur

from ..register.enums import Season
from . import facts
from .disclaimer import SHORT_DISCLAIMER
from .models import Listing
from .timetable import Term, Timetabled, sessions_of

LONDON = ZoneInfo("Europe/London")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_of(listing: Listing, *, url: str, today: date, terms: Sequence[Term]) -> bytes:
    """The sessions from today on: weekly ones as rules, in each term or holiday that is known; single dates as they are.

    Sessions of a season whose dates nobody has entered are left to the page: a calendar cannot say "perhaps".
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Safeguarding children partnership//Clubs and classes//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", listing.name)
    calendar.add("x-wr-caldesc", str(SHORT_DISCLAIMER))
    calendar.add("refresh-interval", timedelta(hours=12))
    start = _first_day(listing, today)
    if start is not None:
        for session in sessions_of(listing.document):
            for number, (first, last) in enumerate(_spans(session, start, terms)):
                calendar.add_component(_event(session, listing, url, first, last, number))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _first_day(listing: Listing, today: date) -> date | None:
    """From when on it is open: today, or the day on which it opens again; None while nobody knows."""
    if not listing.is_shut_on(today):
        return today
    reopens_on = listing.document["notice"].get("reopens_on")
    return date.fromisoformat(reopens_on) if reopens_on else None


def _spans(session: Timetabled, today: date, terms: Sequence[Term]) -> list[tuple[date, date | None]]:
    """The stretches of days in which the session happens each week; of single dates one stretch for all."""
    if session.weekday is None:
        left = [day for day in session.dates if day >= today]
        return [(left[0], left[-1])] if left else []
    first, last = max(session.valid_from or today, today), session.valid_to
    if session.season == Season.ALL_YEAR:
        spans: list[tuple[date, date | None]] = [(first, last)]
    elif session.season == Season.TERM:
        spans = [(max(start, first), _earlier(end, last)) for start, end in terms]
    else:
        breaks = [(terms[n][1] + timedelta(days=1), terms[n + 1][0] - timedelta(days=1)) for n in range(len(terms) - 1)]
        spans = [(max(start, first), _earlier(end, last)) for start, end in breaks]
    found = []
    for start, end in spans:
        first_day = start + timedelta(days=(session.weekday - start.weekday()) % 7)
        if end is None or first_day <= end:
            found.append((first_day, end))
    return found


def _earlier(end: date, last: date | None) -> date:
    return end if last is None else min(end, last)


def _event(session: Timetabled, listing: Listing, url: str, first: date, last: date | None, number: int) -> Event:
    event = Event()
    event.add("uid", f"{session.key}-{number}@clubs")
    event.add("dtstamp", listing.changed_at)
    event.add("summary", f"{session.activity['name']} – {listing.name}")
    event.add("dtstart", datetime.combine(first, session.starts, LONDON))
    event.add("dtend", datetime.combine(first, session.ends, LONDON))
    if session.weekday is None:
        others = [datetime.combine(day, session.starts, LONDON) for day in session.dates if day > first]
        if others:
            event["rdate"] = vDDDLists(others)
    else:
        rule: dict[str, object] = {"freq": "weekly", "byday": _DAYS[session.weekday]}
        if last is not None:
            # The standard wants the end in UTC where the start has a time zone.
            rule["until"] = datetime.combine(last, session.ends, LONDON).astimezone(ZoneInfo("UTC"))
        event["rrule"] = vRecur(rule)
    event.add("location", _place(session))
    event.add("description", "\n".join([_("Check with the club before you go."), url, str(SHORT_DISCLAIMER)]))
    event.add("url", url)
    return event


def _place(session: Timetabled) -> str:
    """The address of a hall; of a home its district alone, which is all that the document holds."""
    venue = session.venue
    parts = [venue.get("name", ""), *venue.get("address", []), venue.get("postcode", "")]
    return ", ".join(part for part in parts if part) or facts.place_in_words(venue)
