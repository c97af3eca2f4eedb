"""What leaves the site in another form than a page: RSS, iCalendar, QR codes."""

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import segno
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from icalendar import Calendar, Event

from foundation.partnership.models import PartnershipSettings
from home.addresses import root_of
from home.selectors.listings import Listed, listed, open_to_all

FEED_LENGTH = 20
QR_DARK = "#1d1128"


class _NewsFeed(Feed):
    """The newest news of one index page."""

    feed_type = Rss201rev2Feed

    def __init__(self, page: Any, items: list[Listed], root_url: str, title: str) -> None:
        self.page, self.news, self.root_url, self._title = page, items, root_url, title

    def title(self) -> str:
        return self._title

    def description(self) -> str:
        return str(self.page.summary)

    def link(self) -> str:
        return str(self.page.full_url)

    def feed_url(self) -> str:
        return f"{self.page.full_url}feed/"

    def items(self) -> list[Listed]:
        return self.news

    def item_title(self, item: Listed) -> str:
        return item.title

    def item_description(self, item: Listed) -> str:
        return item.summary

    def item_link(self, item: Listed) -> str:
        return self.root_url + item.url

    def item_guid(self, item: Listed) -> str:
        return f"{self.root_url}/l/{item.pk}/"

    item_guid_is_permalink = True

    def item_pubdate(self, item: Listed) -> datetime:
        return timezone.make_aware(datetime.combine(item.date or timezone.localdate(), time(9)))


def news_feed(page: Any, request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of an index of news: addresses are those of the site's record, whatever host was asked for."""
    from home.models import NewsPage

    news = open_to_all(NewsPage.objects.child_of(page)).order_by("-date", "-pk")[:FEED_LENGTH]
    settings = PartnershipSettings.for_request(request)
    root_url = _root_url(page, request)
    feed = _NewsFeed(page, listed(news, request, date="date"), root_url, f"{page.title} – {settings.name}")
    response = feed(request)
    # Links in a feed are read away from the site, so the content type must say what it is and nothing may run.
    response["Content-Type"] = "application/rss+xml; charset=utf-8"
    return response


def events_calendar(page: Any, request: HttpRequest) -> HttpResponse:
    """All events of an index from a month ago on, as iCalendar."""
    from home.models import EventPage

    since = timezone.now() - timedelta(days=31)
    events = open_to_all(EventPage.objects.child_of(page).filter(starts_at__gte=since)).order_by("starts_at")
    calendar = _calendar(f"{page.title} – {PartnershipSettings.for_request(request).name}")
    for event in events.defer("body"):
        calendar.add_component(_entry(event, request))
    return _ics(calendar, "events.ics")


def event_calendar(page: Any, request: HttpRequest) -> HttpResponse:
    """One event as iCalendar."""
    calendar = _calendar(page.title)
    if page.starts_at:
        calendar.add_component(_entry(page, request))
    return _ics(calendar, f"{page.slug}.ics")


def qr_drawing(address: str) -> str:
    """A QR code as a standalone SVG drawing. Raises ValueError without an address."""
    if not address:
        raise ValueError("A QR code needs an address.")
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream, kind="svg", scale=4, border=2, omitsize=True, svgclass=None, lineclass=None, dark=QR_DARK, light="#fff"
    )
    return stream.getvalue().decode()


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Safeguarding partnership//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def _entry(page: Any, request: HttpRequest) -> Event:
    address = page.get_full_url(request) or ""
    entry = Event()
    # The page's translation key never changes, so a calendar that subscribed moves the entry instead of doubling it.
    entry.add("uid", f"{page.translation_key}@events")
    entry.add("dtstamp", page.last_published_at or timezone.now())
    entry.add("dtstart", timezone.localtime(page.starts_at))
    if page.ends_at:
        entry.add("dtend", timezone.localtime(page.ends_at))
    entry.add("summary", page.title)
    entry.add("description", f"{page.summary}\n{address}".strip())
    entry.add("location", page.place or page.online_link)
    entry.add("url", address)
    return entry


def _ics(calendar: Calendar, name: str) -> HttpResponse:
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _root_url(page: Any, request: HttpRequest) -> str:
    root = root_of(page.url_path, request)
    return root.root_url if root else request.build_absolute_uri("/").rstrip("/")
