"""When a date is, in words and in London's time."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class When:
    """`day` may be two days; `hours` is empty then."""

    day: str
    hours: str


def when_of(starts_at: datetime, ends_at: datetime) -> When:
    """“Tuesday 3 March 2026” and “6pm to 8pm”."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    day = date_format(start, "l j F Y")
    if start.date() == end.date():
        return When(day, _("%(start)s to %(end)s") % {"start": hour(start), "end": hour(end)})
    first, last = f"{day}, {hour(start)}", f"{date_format(end, 'l j F Y')}, {hour(end)}"
    return When(_("%(start)s to %(end)s") % {"start": first, "end": last}, "")


def in_words(starts_at: datetime, ends_at: datetime) -> str:
    """In one line."""
    when = when_of(starts_at, ends_at)
    return ", ".join(filter(None, [when.day, when.hours]))


def hour(moment: datetime) -> str:
    """As people here write it: 6pm, 3:30pm, midday. Other languages in their own way."""
    if (get_language() or "en") != "en":
        return time_format(moment.time())
    if (moment.hour, moment.minute) == (12, 0):
        return _("midday")
    return time_format(moment.time(), "ga" if moment.minute == 0 else "g:ia").replace(".", "").lower()
