"""Facts in plain words."""

from datetime import date

import pytest

from community.directory import facts
from community.directory.query import Search
from community.directory.statements import awards_on, in_short, statements_on
from community.places.near import Point
from tests.factories.listings import stated


@pytest.mark.parametrize(
    ("metres", "is_rough", "words"),
    [
        (0, False, "under 0.1 mile (50 m)"),
        (640, False, "0.4 miles (650 m)"),
        (1_600, False, "1.0 miles (1.6 km)"),
        (990, False, "0.6 miles (1.0 km)"),
        (300, True, "about 1 mile"),
        (3_300, True, "about 2 miles"),
    ],
)
def test_distances_in_miles_and_metres(metres, is_rough, words):
    assert facts.distance_in_words(metres, is_rough=is_rough) == words


@pytest.mark.parametrize(
    ("activity", "words"),
    [
        ({"cost_type": "free"}, "Free"),
        ({"cost_type": "donation"}, "You give what you can"),
        ({"cost_type": "paid", "cost_amount": "5.00", "cost_unit": "session"}, "£5 a session"),
        ({"cost_type": "paid", "cost_amount": "4.50", "cost_unit": "hour"}, "£4.50 an hour"),
        ({"cost_type": "paid", "cost_amount": None}, "There is a charge"),
        ({}, ""),
    ],
)
def test_costs(activity, words):
    assert facts.cost_in_words(activity) == words


def test_the_cost_of_several_activities():
    cheap = {"cost_type": "paid", "cost_amount": "4.00", "cost_unit": "session"}
    dear = {"cost_type": "paid", "cost_amount": "12.00", "cost_unit": "session"}
    free = {"cost_type": "free"}
    assert facts.cost_of({"activities": {"1": dear, "2": cheap}}) == "From £4 a session"
    assert facts.cost_of({"activities": {"1": dear, "2": free}}) == "Some free, some with a charge"
    assert facts.cost_of({"activities": {}}) == ""


def test_ages_days_and_places():
    assert facts.ages_in_words(8, 12) == "Ages 8 to 12"
    assert facts.ages_in_words(8, 8) == "Age 8"
    sessions = {"1": {"weekday": 0}, "2": {"weekday": 5}, "3": {"weekday": None, "dates": ["2026-12-05"]}}
    assert facts.days_of({"sessions": sessions}) == "Mon, Sat, single dates"
    assert facts.place_in_words({"kind": "home", "outward": "NW5", "name": ""}) == "A home in NW5"
    assert facts.place_in_words({"kind": "online", "outward": "", "name": ""}) == "Online"


def test_the_nearest_of_several_venues():
    near = Point("x", 0, 0, is_district=False)
    venues = {
        "far": {"easting": 300, "northing": 400},
        "near": {"easting": 30, "northing": 40},
        "web": {"easting": None},
    }
    venue, metres = facts.nearest_venue({"venues": venues}, Search(near=near))
    assert (venue, metres) == (venues["near"], 50.0)
    assert facts.nearest_venue({"venues": {}}, Search(near=near)) == (None, 0.0)


def test_the_strongest_statement_that_holds_is_shown_until_the_end_of_its_last_day():
    document = {
        "statements": {
            "B10": [stated("Ten")],
            "B2": [stated("Policy"), stated("Policy", "seen", expires_on="2026-11-30")],
            "A6": [stated("Insurance", "seen", expires_on="2026-11-24")],
        }
    }
    shown = statements_on(document, date(2026, 11, 30))
    assert [(each.code, each.level) for each in shown] == [("B2", "seen"), ("B10", "told")]
    assert in_short(shown) == "1 seen by us, 1 told us"
    later = statements_on(document, date(2026, 12, 1))
    assert [(each.code, each.how_known) for each in later] == [("B2", "They told us"), ("B10", "They told us")]


def test_awards_run_out():
    document = {"awards": [{"name": "Mark", "issuer": "NRCSE", "expires_on": "2026-11-30"}]}
    assert [award.issuer for award in awards_on(document, date(2026, 11, 30))] == ["NRCSE"]
    assert awards_on(document, date(2026, 12, 1)) == []
