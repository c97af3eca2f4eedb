"""Dates as iCalendar: the whole programme, one course, or the booking of one person."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from . import links
from .enums import DateState
from .models import Booking, CourseDate


def calendar_of(dates: Iterable[CourseDate], *, name: str) -> bytes:
    """What everybody may read: no link to join, and no address that is not public."""
    calendar = _calendar(name)
    for date in dates:
        calendar.add_component(_event(date))
    return _written(calendar)


def calendar_of_booking(booking: Booking) -> bytes:
    """For the person's own calendar: with the address and the link to join."""
    date = booking.date
    calendar = _calendar(date.course.title)
    event = _event(date, is_private=True)
    calendar.add_component(event)
    return _written(calendar)


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Safeguarding children partnership//Training and forums//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    return calendar


def _written(calendar: Calendar) -> bytes:
    """With what London's time means (VTIMEZONE): programmes that do not know the name would be an hour off in summer."""
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(date: CourseDate, *, is_private: bool = False) -> Event:
    event = Event()
    event.add("uid", f"{date.pk}@programme")
    event.add("dtstamp", date.updated_at)
    event.add("sequence", date.revision)
    event.add("dtstart", timezone.localtime(date.starts_at))
    event.add("dtend", timezone.localtime(date.ends_at))
    event.add("summary", date.course.title)
    page = links.address("course", date.course.slug)
    words = [date.course.summary, date.note]
    if is_private and date.online_link:
        words.append(_("Join online: %(link)s") % {"link": date.online_link})
    event.add("description", "\n".join([*filter(None, words), page]))
    event.add("location", place_of(date, is_private=is_private))
    event.add("url", page)
    event.add("status", "CANCELLED" if date.state == DateState.CANCELLED else "CONFIRMED")
    return event


def place_of(date: CourseDate, *, is_private: bool = False) -> str:
    """Where, in one line. The public reads of a private address only what it is near."""
    parts = []
    if date.is_at_a_place:
        if date.address_is_private and not is_private:
            parts.append(_("near %(place)s") % {"place": date.near})
        else:
            parts.append(", ".join(filter(None, [date.venue, *date.address.splitlines()])))
    if date.is_online:
        parts.append(_("online") if parts else _("Online"))
    return _(" and ").join(filter(None, parts))
