"""What's on: the list and its filters, a course, calendars, search engines; and how other pages lead there."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from community.programme.joining import benefits
from community.programme.selectors.public import is_anything_open
from foundation.cache import generation
from foundation.registries.openings import openings_providers
from foundation.registries.search import search_providers
from foundation.registries.sitemaps import sitemap_providers
from tests.factories.programme import BookingFactory, CourseFactory, DateFactory, LevelFactory

from .conftest import WHATS_ON, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """Three dates of three courses, each with something of its own."""
    level = LevelFactory()
    start = datetime(timezone.localdate().year + 1, 3, 3, 18, tzinfo=ZoneInfo("Europe/London"))
    forum = CourseFactory(title="Invented forum", kind="forum", audiences=["settings"], slug="forum")
    lead = CourseFactory(
        title="Invented lead course", kind="training", audiences=["professionals"], level=level, cost=25
    )
    talk = CourseFactory(title="Invented talk", kind="briefing", audiences=["parents"])
    DateFactory(
        course=lead, starts_at=start + timedelta(days=40), mode="online", venue="", online_link="https://x.example"
    )
    DateFactory(course=talk, starts_at=start + timedelta(days=80), state="planned")
    DateFactory(course=forum, starts_at=start)
    return start


def titles(query: str = "") -> set[str]:
    page = words(Client().get(WHATS_ON + query))
    return set(re.findall(r"Invented (?:forum|lead course|talk)", page))


EVERYTHING = {"Invented forum", "Invented lead course", "Invented talk"}


def test_everything_to_come_month_by_month(programme):
    page = words(Client().get(WHATS_ON))
    assert titles() == EVERYTHING
    assert f"March {programme.year}" in page
    assert "3 dates" in page
    assert page.index("Invented forum") < page.index("Invented lead course") < page.index("Invented talk")
    assert "6pm to 8pm" in page
    assert "Booking opens later" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?audience=settings", {"Invented forum"}), ("?kind=briefing", {"Invented talk"}),
        ("?level=level-3", {"Invented lead course"}), ("?online=on", {"Invented lead course"}),
        ("?free=on", {"Invented forum", "Invented talk"}), ("?kind=forum&audience=parents", set()),
        ("?kind=canary&month=13-13&audience=nobody", EVERYTHING),
    ],
)  # fmt: skip
def test_filters_narrow_and_nonsense_is_left_out(programme, query, found):
    assert titles(query) == found


def test_a_month_narrows(programme):
    assert titles(f"?month={programme:%Y-%m}") == {"Invented forum"}


def test_nothing_fits_is_said_kindly(programme):
    assert "Nothing fits all of that" in words(Client().get(f"{WHATS_ON}?kind=campaign"))


def test_what_is_over_hidden_or_held_is_not_there(programme):
    DateFactory(course__title="Invented old", starts_at=timezone.now() - timedelta(days=1))
    DateFactory(course__title="Invented hidden", course__is_offered=False)
    page = words(Client().get(WHATS_ON))
    assert "Invented old" not in page
    assert "Invented hidden" not in page


def test_the_list_costs_few_queries_whatever_is_in_it(programme, django_assert_max_num_queries):
    for number in range(20):
        BookingFactory.create_batch(2, date=DateFactory(course__title=f"More {number}"))
    Client().get(WHATS_ON)
    with django_assert_max_num_queries(6):
        Client().get(WHATS_ON)


@pytest.mark.parametrize(
    "path", ["", "forum/", "forum/dates.ics", "calendar.ics", "certificate/", "booking/x/", "here/x/"]
)
def test_no_page_sets_a_cookie_or_is_kept_by_others(programme, path):
    response = Client().get(WHATS_ON + path)
    assert not response.cookies
    assert "private" in response["Cache-Control"]


def test_a_course_with_its_dates_for_people_and_for_search_engines(programme):
    page = Client().get(f"{WHATS_ON}forum/").content.decode()
    assert "People who run clubs and classes" in page
    assert "Book a place" in page
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert found[0]["@type"] == "Event"
    assert found[0]["startDate"].startswith(f"{programme.year}-03-03T18:00:00")
    assert found[0]["offers"]["availability"] == "https://schema.org/InStock"
    assert "Invented Hall" in found[0]["location"]["name"]


def test_words_of_an_officer_cannot_end_the_data_block(one_date):
    one_date.course.summary = "</script><script>alert(1)</script>"
    one_date.course.save()
    page = Client().get(f"{WHATS_ON}leading/").content.decode()
    assert "<script>alert" not in page


def test_the_calendar_takes_out_what_is_cancelled(programme, one_date):
    one_date.state = "cancelled"
    one_date.save()
    events = Calendar.from_ical(Client().get(f"{WHATS_ON}calendar.ics").content).walk("VEVENT")
    states = {str(event["summary"]): str(event["status"]) for event in events}
    assert states == {
        "Invented forum": "CONFIRMED",
        "Invented lead course": "CONFIRMED",
        one_date.course.title: "CANCELLED",
    }


def test_an_unknown_course_leads_to_the_list(db):
    response = Client().get(f"{WHATS_ON}canary/")
    assert response.status_code == 404
    assert "See what’s on" in words(response)


def test_search_the_sitemap_and_the_home_page_know_it(one_date):
    find = dict(search_providers.items())["programme"].find
    assert [hit.url for hit in find("leading safeguarding", 5)] == [f"{WHATS_ON}leading/"]
    assert find("canary", 5) == find("", 5) == []
    addresses = [entry.path for entry in dict(sitemap_providers.items())["programme"]()]
    assert addresses == [WHATS_ON, f"{WHATS_ON}leading/"]
    opening = dict(openings_providers.items())["programme"].open_now
    assert [each.url for each in opening()] == [WHATS_ON]
    one_date.delete()
    generation.bump()  # as its commit does
    assert opening() == []


def test_joining_brings_something_to_people_who_run_settings_alone(db):
    assert len(benefits("clubs")) == 4
    assert benefits("parents") == []


def test_the_pages_exist_in_every_language(one_date):
    for language in ("bn", "ar"):
        response = Client().get(f"/{language}/whats-on/leading/")
        assert response.status_code == 200
        assert '<bdi lang="en" dir="ltr">Leading on safeguarding</bdi>' in response.content.decode()


def test_the_home_page_says_what_is_open_to_the_minute_and_asks_once(programme, django_assert_num_queries):
    first, last = programme, programme + timedelta(days=40)
    assert is_anything_open()
    with django_assert_num_queries(0):
        assert is_anything_open()
    with time_machine.travel(first + timedelta(minutes=1)):
        assert is_anything_open(), "the lead course is still open; the talk is only planned"
    with time_machine.travel(last):
        assert not is_anything_open()
