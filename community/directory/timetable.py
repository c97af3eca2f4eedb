"""When a setting's sessions happen: by day, which is on now, and the next date of each. Pure: dates go in, dates come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from ..register.enums import Season, Weekday
from ..register.shut import is_shut

Document = dict[str, Any]
Term = tuple[date, date]
_LOOK_AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Timetabled:
    """One session with what is known of its dates."""

    key: str
    activity: Document
    venue: Document
    weekday: int | None
    starts: time
    ends: time
    season: str
    valid_from: date | None
    valid_to: date | None
    dates: tuple[date, ...]
    next_on: date | None = None
    is_certain: bool = True
    """False where the next date depends on school terms that we do not know."""
    is_on_now: bool = False

    @property
    def times(self) -> str:
        """ "4pm to 5:30pm"."""
        return _("%(start)s to %(end)s") % {"start": _apart(clock(self.starts)), "end": _apart(clock(self.ends))}

    @property
    def season_words(self) -> str:
        return str(Season(self.season).label) if self.season in Season.values else self.season

    @property
    def upcoming(self) -> tuple[date, ...]:
        """Single dates from the next one on."""
        return tuple(day for day in self.dates if self.next_on is not None and day >= self.next_on)


@dataclass(frozen=True)
class Day:
    """A day of the week, or the single dates (`weekday` None), with its sessions by time."""

    weekday: int | None
    sessions: tuple[Timetabled, ...]

    @property
    def name(self) -> str:
        return str(Weekday(self.weekday).label) if self.weekday is not None else ""


def clock(at: time) -> str:
    """ "9am", "5:30pm", "12 noon"."""
    if (at.hour, at.minute) == (12, 0):
        return _("12 noon")
    return f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


def _apart(text: str) -> str:
    """Kept in one piece among words from right to left: beside an Arabic word "6pm" would be torn into "pm" and "6"."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text


def timetable(document: Document, *, now: datetime, terms: Sequence[Term]) -> list[Day]:
    """The sessions that are not over, Monday first, single dates last. `now` is aware; days are London's."""
    local = timezone.localtime(now)
    found = [_dated(session, document, local, terms) for session in sessions_of(document)]
    left = [each for each in found if not _is_over(each, local.date())]
    days = sorted({each.weekday for each in left}, key=lambda day: (day is None, day))
    return [
        Day(
            day, tuple(sorted((each for each in left if each.weekday == day), key=lambda each: (each.starts, each.key)))
        )
        for day in days
    ]


def sessions_of(document: Document) -> list[Timetabled]:
    """All sessions of a document whose activity and venue it has, without dates worked out."""
    found = []
    for key, session in document.get("sessions", {}).items():
        activity = document.get("activities", {}).get(session["activity"])
        venue = document.get("venues", {}).get(session["venue"])
        if activity is None or venue is None:
            continue
        found.append(
            Timetabled(
                key=key,
                activity=activity,
                venue=venue,
                weekday=session.get("weekday"),
                starts=time.fromisoformat(session["starts"]),
                ends=time.fromisoformat(session["ends"]),
                season=session.get("season") or Season.TERM,
                valid_from=_day(session.get("valid_from")),
                valid_to=_day(session.get("valid_to")),
                dates=tuple(date.fromisoformat(each) for each in sorted(session.get("dates") or [])),
            )
        )
    return found


def _dated(session: Timetabled, document: Document, now: datetime, terms: Sequence[Term]) -> Timetabled:
    notice = document.get("notice", {})
    reopens = _day(notice.get("reopens_on"))
    if is_shut(temporarily_closed=bool(notice.get("temporarily_closed")), reopens_on=reopens, day=now.date()):
        earliest = reopens
        if earliest is None:
            return session
    else:
        earliest = now.date()
    next_on, certain = next_date(session, now=now, earliest=earliest, terms=terms)
    is_on = next_on == now.date() and certain and session.starts <= now.time() < session.ends
    return Timetabled(**{**session.__dict__, "next_on": next_on, "is_certain": certain, "is_on_now": is_on})


def next_date(session: Timetabled, *, now: datetime, earliest: date, terms: Sequence[Term]) -> tuple[date | None, bool]:
    """The first day from `earliest` on which the session has not ended yet, and whether that is certain."""

    def is_ahead(day: date) -> bool:
        return day >= earliest and (day > now.date() or session.ends > now.time())

    if session.weekday is None:
        return next((day for day in session.dates if is_ahead(day)), None), True
    first = max(earliest, session.valid_from or earliest)
    last = min(session.valid_to or date.max, first + _LOOK_AHEAD)
    day = first + timedelta(days=(session.weekday - first.weekday()) % 7)
    while day <= last:
        if is_ahead(day):
            happens = _happens(session.season, day, terms)
            if happens is None:
                # Without the dates of the terms a term-time class can be guessed, a holiday club cannot.
                return (day, False) if session.season == Season.TERM else (None, False)
            if happens:
                return day, True
        day += timedelta(days=7)
    return None, True


def _happens(season: str, day: date, terms: Sequence[Term]) -> bool | None:
    """Whether a session of this season happens on this day; None where the terms are not known so far ahead."""
    if season == Season.ALL_YEAR:
        return True
    if not terms or day > max(last for _first, last in terms) or day < min(first for first, _last in terms):
        return None
    in_term = any(first <= day <= last for first, last in terms)
    return in_term if season == Season.TERM else not in_term


def _is_over(session: Timetabled, today: date) -> bool:
    if session.weekday is None:
        return bool(session.dates) and session.dates[-1] < today
    return session.valid_to is not None and session.valid_to < today


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
