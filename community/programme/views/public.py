"""What's on: the list, a course with its dates, and both as calendars."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..calendar import calendar_of
from ..enums import Audience, Kind
from ..schema import data_block, structured_data
from ..selectors.public import Wish, coming_dates, course_or_none, dates_for_calendar, whats_on
from .frame import always_asked, gone, partnership_name, show


@require_safe
@always_asked
def whats_on_page(request: HttpRequest) -> HttpResponse:
    """Dates to come, narrowed by what somebody chose."""
    wish = Wish.read(request.GET)
    context: dict[str, Any] = {
        "wish": wish,
        "on": whats_on(wish),
        "kinds": Kind.choices,
        "audiences": Audience.choices,
        "no_index": wish.is_any,
    }
    return show(request, "whats_on.html", context)


@require_safe
def programme_calendar(request: HttpRequest) -> HttpResponse:
    """Everything, to subscribe to."""
    name = f"{_('Training and forums')} – {partnership_name(request)}"
    return _ics(calendar_of(dates_for_calendar(), name=name), "training-and-forums.ics")


@require_safe
@always_asked
def course_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One course: what, for whom, when."""
    course = course_or_none(slug)
    if course is None:
        return gone(request, words=_("This course is not on offer any more."))
    dates = coming_dates(course)
    address = request.build_absolute_uri(reverse("community:course", args=[course.slug]))
    data = structured_data(course, dates, url=address, organiser=partnership_name(request))
    context = {
        "course": course,
        "dates": dates,
        "description": course.summary,
        "og_title": course.title,
        "data_block": data_block(data),
    }
    return show(request, "course.html", context)


@require_safe
def course_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of one course for one's own calendar."""
    course = course_or_none(slug)
    if course is None:
        return gone(request, words=_("This course is not on offer any more."))
    dates = [date for date in coming_dates(course) if date.state != "planned"]
    return _ics(calendar_of(dates, name=course.title), f"{course.slug}.ics")


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-cache"
    return response
