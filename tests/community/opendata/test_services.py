"""What a service says, what a home does not say, and what is asked of services."""

import json

import pytest

from community.directory.disclaimer import DISCLAIMER
from community.opendata.ids import derived
from community.opendata.taxonomies import taxonomy_id
from tests.factories.listings import make_listing, publish_as

from .conftest import get, walk

pytestmark = pytest.mark.django_db


def names(client, query):
    return {item["name"] for item in walk(client, f"/o/services?{query}")}


def place_names(client, query):
    return [item["service"]["name"] for item in walk(client, f"/o/service_at_locations?{query}")]


def one(client, setting):
    return get(client, f"/o/services/{setting.pk}").json()


def test_the_front_says_which_standard_this_is(client, db):
    page = get(client, "/o/").json()
    assert page["version"] == "HSDS-UK-3.0"
    assert get(client, page["openapi_url"].removeprefix("http://testserver")).json()["openapi"].startswith("3.1")


def test_every_service_carries_the_disclaimer(client, many):
    for item in walk(client, "/o/services"):
        assert item["x_disclaimer"] == str(DISCLAIMER)
        assert one(client, next(each for each in many if str(each.pk) == item["id"]))["x_disclaimer"] == str(DISCLAIMER)
    for item in walk(client, "/o/service_at_locations"):
        assert item["service"]["x_disclaimer"] == str(DISCLAIMER)


def test_a_home_has_no_address_no_point_and_no_postcode(client, many):
    home = next(each for each in many if each.name == "Home Tutor")
    venue = home.venues.get()
    whole = get(client, f"/o/services/{home.pk}")
    location = whole.json()["service_at_locations"][0]["location"]
    assert "addresses" not in location
    assert "latitude" not in location
    assert location["x_district"] == "NW5"
    alone = get(client, f"/o/service_at_locations/{derived('service_at_location', venue.pk)}")
    for body in (whole.content.decode(), alone.content.decode()):
        assert venue.postcode not in body
        assert venue.address_lines not in body


def test_a_hall_has_its_address_and_its_point(client, many):
    hall = next(each for each in many if each.name == "Shut For August")
    location = one(client, hall)["service_at_locations"][0]["location"]
    assert location["addresses"][0]["address_1"] == "1 Invented Road"
    assert location["addresses"][0]["city"] == "London"
    assert location["addresses"][0]["postal_code"] == "WC1H 9JE"
    assert location["latitude"] == 51.55
    assert {each.get("description") or each["details"] for each in location["accessibility"]} == {
        "No steps",
        "Ring the bell.",
    }


def test_listed_is_active_and_shut_for_now_is_temporarily_closed(client, many):
    statuses = {item["name"]: item["status"] for item in walk(client, "/o/services")}
    assert statuses.pop("Shut For August") == "temporarily closed"
    assert set(statuses.values()) == {"active"}


def test_awards_and_statements_that_still_hold_are_told_and_others_are_not(client, many):
    whole = one(client, next(each for each in many if each.name == "Shut For August"))
    assert whole["accreditations"] == "Invented Mark, Gold (Invented Body, until 01/01/2099)"
    assert [each["how_known"] for each in whole["x_statements"]] == ["told"]
    assert whole["alert"] == "Back in September."


def test_single_dates_are_schedules_of_one_day(client, many):
    schedules = one(client, next(each for each in many if each.name == "Half-term Dance"))["schedules"]
    assert [(each["dtstart"], each["byday"]) for each in schedules] == [("2099-02-16", "MO"), ("2099-02-17", "TU")]
    assert all("freq" not in each for each in schedules)


def test_ids_stay_the_same_when_a_setting_is_published_again(client, many):
    setting = many[0]
    before = one(client, setting)
    setting.summary = "Other words."
    setting.save()
    publish_as(setting)
    after = one(client, setting)
    for part in ("organization_id", "attributes", "languages", "schedules", "cost_options"):
        assert before[part] == after[part]
    assert after["organization"]["description"] == "Other words."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=dance", {"Half-term Dance"}),
        ("search=nothinglikeit", set()),
        ("day=TU", {"Half-term Dance"}),
        ("day=tuesday,MO", {"Half-term Dance"}),
        ("end_time=13:00", {"Half-term Dance"}),
        ("start_time=10:00&end_time=12:00&day=MO", {"Half-term Dance"}),
        ("start_time=11:00&end_time=12:00", set()),
        ("minimum_age=10&maximum_age=15", {"Invented Club 10"}),
        ("minimum_age=11", {"Invented Club 11"}),
        ("modified_after=2099-01-01", set()),
    ],
)
def test_what_services_are_asked_for(client, many, query, expected):
    assert names(client, query) == expected


def test_terms_and_taxonomies(client, many):
    quiet, football = derived("term", "send", "quiet-room"), derived("term", "category", "football")
    assert names(client, f"taxonomy_term_id={quiet}") == {"Shut For August"}
    assert len(names(client, f"taxonomy_term_id={football}")) == 7
    assert names(client, f"taxonomy_term_id={football},{quiet}") == set()
    assert names(client, f"taxonomy_id={taxonomy_id('award')}") == {"Shut For August"}
    assert names(client, f"taxonomy_id={derived('taxonomy', 'unknown')}") == set()
    holiday = derived("term", "season", "holiday")
    assert names(client, f"taxonomy_term_id={holiday}") == {"Half-term Dance"}


def test_every_term_of_a_service_is_found_under_its_own_address(client, many):
    for setting in many:
        for attribute in one(client, setting)["attributes"]:
            term = get(client, f"/o/taxonomy_terms/{attribute['taxonomy_term_id']}").json()
            assert term == attribute["taxonomy_term"]
            assert setting.name in names(client, f"taxonomy_term_id={term['id']}")


def test_places_near_a_postcode_come_nearest_first(client, many):
    assert place_names(client, "postcode=wc1h9je&proximity=10") == ["Shut For August"]
    assert place_names(client, "postcode=WC1H 9JE&proximity=50000")[0] == "Shut For August"
    assert "Online Maths" not in place_names(client, "postcode=NW1 1AA&proximity=50000")
    assert "Online Maths" in place_names(client, "")


def test_the_place_of_a_home_is_known_to_a_kilometre_only(client, lists):
    make_listing(name="Home Tutor", kind="home")
    assert place_names(client, "postcode=NW5 1AA&proximity=5") == []
    assert place_names(client, "postcode=NW5 1AA&proximity=1000") == ["Home Tutor"]


@pytest.mark.parametrize("size", [1, 4, 11, 50, 100])
def test_pages_of_every_size_hold_everything_once(client, many, size):
    assert len(walk(client, "/o/services", per_page=size)) == 11


def test_a_page_beyond_the_last_is_empty(client, many):
    page = get(client, "/o/services?page=7&per_page=5").json()
    assert page["empty"]
    assert page["contents"] == []
    assert page["total_items"] == 11
    assert not page["first_page"]
    assert page["last_page"]


def test_an_empty_register_has_one_empty_page(client, db):
    page = get(client, "/o/services").json()
    assert (page["total_items"], page["total_pages"], page["first_page"], page["last_page"], page["empty"]) == (
        0,
        0,
        True,
        True,
        True,
    )


def test_the_answer_is_the_same_bytes_every_time(client, many):
    assert get(client, "/o/services").content == get(client, "/o/services").content
    json.loads(get(client, "/o/services").content)
