"""What leaves the site in another form than a page."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import PageViewRestriction, Site

from foundation.partnership.models import PartnershipSettings
from home.models import AudiencePage, EventIndexPage, EventPage, NewsIndexPage, NewsPage, ResourcePage
from tests.factories.pages import a_home_page, a_page, a_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return a_home_page()


def test_the_feed_lists_public_news_newest_first(client: Client, home):
    index = a_page(NewsIndexPage, under=home, slug="news", title="News")
    a_page(NewsPage, under=index, slug="old", title="Old & gold", date=date(2026, 1, 5))
    a_page(NewsPage, under=index, slug="new", title="New", date=date(2026, 3, 5))
    closed = a_page(NewsPage, under=index, title="Closed", date=date(2026, 3, 6))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/en/news/feed/")
    assert response["Content-Type"].startswith("application/rss+xml")
    items = ET.fromstring(response.content).findall("channel/item")
    assert [item.findtext("title") for item in items] == ["New", "Old & gold"]
    assert items[0].findtext("link") == f"{Site.objects.get().root_url}/en/news/new/"
    assert not response.cookies


@time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/London")), tick=False)
def test_the_calendar_keeps_london_time_and_one_entry_for_each_event(client: Client, home):
    index = a_page(EventIndexPage, under=home, slug="events")
    starts = datetime(2026, 7, 1, 18, tzinfo=ZoneInfo("Europe/London"))
    event = a_page(
        EventPage, under=index, slug="forum", title="Forum; for all, you too", starts_at=starts,
        ends_at=starts + timedelta(hours=2), place="A library",
    )  # fmt: skip
    a_page(EventPage, under=index, slug="gone", starts_at=timezone.now() - timedelta(days=90))
    response = client.get("/en/events/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    entries = Calendar.from_ical(response.content).walk("VEVENT")
    assert [str(entry["summary"]) for entry in entries] == ["Forum; for all, you too"]
    assert entries[0].decoded("dtstart") == starts
    single = Calendar.from_ical(client.get("/en/events/forum/event.ics").content).walk("VEVENT")
    assert str(single[0]["uid"]) == str(entries[0]["uid"]) == f"{event.translation_key}@events"


def test_an_event_cannot_end_before_it_starts(home):
    from django.core.exceptions import ValidationError

    index = a_page(EventIndexPage, under=home, slug="events")
    now = timezone.now()
    with pytest.raises(ValidationError):
        a_page(EventPage, under=index, starts_at=now, ends_at=now - timedelta(hours=1))


def test_a_resource_has_a_print_sheet_and_a_qr_code_of_its_short_address(client: Client, home):
    audience = a_page(AudiencePage, under=home, slug="parents")
    page = a_page(ResourcePage, under=audience, slug="leaflet", title="A leaflet")
    sheet = client.get("/en/parents/leaflet/print/")
    assert sheet.status_code == 200
    assert "A leaflet" in sheet.text
    assert f"/l/{page.pk}/" in sheet.context["share_url"]
    drawing = client.get("/en/parents/leaflet/qr.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(drawing.content)
    assert root.tag.endswith("svg")
    assert "style" not in drawing.text


def test_the_sitemap_names_every_language_of_a_page(client: Client, home):
    a_version(home, "bn")
    text = client.get("/sitemap.xml").text
    ET.fromstring(text.encode())
    of_rooms = ("clubs-near-you", "/surveys/", "/newsletter/", "/whats-on/", "/ask-the-partnership/")
    pages = [entry for entry in text.split("<url>")[1:] if not any(path in entry for path in of_rooms)]
    assert len(pages) == 2
    assert all('hreflang="bn"' in entry for entry in pages)


def test_robots_leave_out_the_admin_and_name_the_sitemap(client: Client, home):
    text = client.get("/robots.txt").text
    assert "Disallow: /admin/" in text
    assert "Sitemap: http" in text


@time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/London")), tick=False)
def test_security_txt_stands_only_where_there_is_a_contact(client: Client, home):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings = PartnershipSettings.for_site(Site.objects.get())
    settings.security_contact = "security@example.org"
    settings.save()
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:security@example.org" in text
    assert "Expires: 2026-11-28T00:00:00Z" in text
