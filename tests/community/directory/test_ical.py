"""The calendar of a setting's sessions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from community.models import SchoolTerm
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def events(client, setting="invented-club"):
    with time_machine.travel("2026-11-22T12:00:00Z"):
        response = client.get(f"/export/sessions.ics?setting={setting}")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert "attachment" in response.headers["Content-Disposition"]
    return Calendar.from_ical(response.content).walk("VEVENT")


@pytest.fixture
def terms():
    SchoolTerm.objects.create(name="1", first_day=date(2026, 11, 2), last_day=date(2026, 12, 18))
    SchoolTerm.objects.create(name="2", first_day=date(2027, 1, 4), last_day=date(2027, 2, 12))


def test_a_term_time_session_runs_in_each_term(client, terms):
    make_listing(name="Invented Club", activity={"name": "Football"})
    first, second = events(client)
    assert first["dtstart"].dt == datetime(2026, 11, 25, 16, 0, tzinfo=LONDON)
    assert first["rrule"]["FREQ"] == ["WEEKLY"]
    assert first["rrule"]["BYDAY"] == ["WE"]
    assert first["rrule"]["UNTIL"][0].date() == date(2026, 12, 18)
    assert second["dtstart"].dt.date() == date(2027, 1, 6)
    assert str(first["summary"]) == "Football – Invented Club"
    assert "1 Invented Road" in str(first["location"])
    assert "not a recommendation" in str(first["description"])
    assert first["uid"] != second["uid"]


def test_a_holiday_session_runs_between_terms(client, terms):
    make_listing(session={"season": "holiday"})
    (event,) = events(client)
    assert event["dtstart"].dt.date() == date(2026, 12, 23)
    assert event["rrule"]["UNTIL"][0].date() == date(2027, 1, 3)


def test_all_year_has_no_end_and_days_of_validity_are_kept(client):
    make_listing(session={"season": "all-year", "valid_from": "2026-12-03", "valid_to": "2027-01-31"})
    (event,) = events(client)
    assert event["dtstart"].dt.date() == date(2026, 12, 9)
    assert event["rrule"]["UNTIL"][0].date() == date(2027, 1, 31)


def test_single_dates_are_dates_of_one_event(client):
    make_listing(session={"weekday": None, "dates": ["2026-11-01", "2026-12-05", "2026-12-12"]})
    (event,) = events(client)
    assert event["dtstart"].dt.date() == date(2026, 12, 5)
    assert [each.dt.date() for each in event["rdate"].dts] == [date(2026, 12, 12)]
    assert "rrule" not in event


def test_seasons_without_dates_are_left_to_the_page(client):
    make_listing()
    assert events(client) == []


def test_a_home_is_its_district(client, terms, postcodes):
    make_listing(kind="home", venue={"name": "Canary House"})
    assert str(events(client)[0]["location"]) == "A home in NW5"


def test_it_is_found_by_its_id_too(client, terms):
    setting = make_listing()
    assert len(events(client, str(setting.pk))) == 2
