"""A hall becomes a home, or turns out to be one: its address leaves the page at once, and nothing finer than its district stays."""

import json

import pytest

from community.moderation.selectors.review import review_rows
from community.moderation.services.submissions import conclude, decide_fields, send_edits
from community.register.document import with_private_places
from community.register.services.sending import publish_what_may
from tests.factories.community import PostcodeFactory, SafeguardingContactFactory, SessionFactory, SettingFactory

from .test_submissions import ACCEPT, list_it, move, officers, owner  # noqa: F401

pytestmark = pytest.mark.django_db
SECRETS = ("canary", "NW5 1AB", "529123", "185456")
MIDDLE = {"easting": 529_000, "northing": 186_000}


@pytest.fixture
def listed(owner, officers):  # noqa: F811
    for number, (east, north) in enumerate([(528_600, 185_700), (529_500, 186_100)]):
        PostcodeFactory(code=f"NW5 9Z{'AB'[number]}", easting=east, northing=north)
    setting = SettingFactory(name="Invented Chess Club")
    setting.memberships.create(user=owner, role="owner")
    SessionFactory(activity__setting=setting)
    SafeguardingContactFactory(setting=setting)
    move(
        setting, name="Canary hall", address_lines="7 Canary Street", postcode="NW5 1AB", easting=529_123, northing=185_456,
        directions="Behind the canary tree",
    )  # fmt: skip
    return list_it(setting, owner, officers)


def said_of(setting, venue):
    setting.refresh_from_db()
    return setting.published.document["venues"][str(venue.pk)]


def test_its_address_is_gone_before_anybody_has_read_the_change(listed, owner):  # noqa: F811
    assert "7 Canary Street" in str(listed.published.document)
    venue = move(listed, kind="home")
    publish_what_may(setting=listed, by=owner)
    said = said_of(listed, venue)
    assert not any(secret.lower() in json.dumps(said).lower() for secret in SECRETS)
    assert said["outward"] == "NW5"
    assert {name: said[name] for name in MIDDLE} == MIDDLE


def test_that_it_is_a_home_is_read_by_an_officer_first(listed, owner, officers):  # noqa: F811
    venue = move(listed, kind="home")
    request = send_edits(setting=listed, by=owner)
    kind = f"venues.{venue.pk}.kind"
    assert [row.path for row in review_rows(request)] == [kind]
    assert said_of(listed, venue)["kind"] != "home"
    request.refresh_from_db()
    request = decide_fields(
        request=request, verdicts={kind: (ACCEPT, "")}, by=officers[0], seen_version=request.version
    )
    conclude(request=request, by=officers[0], who="officer", seen_version=request.version)
    assert said_of(listed, venue)["kind"] == "home"


def test_an_address_that_changes_waits_as_ever(listed, owner):  # noqa: F811
    venue = move(listed, address_lines="8 Canary Street", postcode="NW5 9ZA", easting=528_600, northing=185_700)
    publish_what_may(setting=listed, by=owner)
    said = said_of(listed, venue)
    assert (said["address"], said["postcode"], said["easting"]) == (["7 Canary Street"], "NW5 1AB", 529_123)


def test_what_is_left_of_a_home_is_the_middle_of_its_district_and_not_its_own_square(listed):
    (key,) = listed.published.document["venues"]
    half = {"venues": {key: {**listed.published.document["venues"][key], "kind": "home"}}}
    said = with_private_places(half)["venues"][key]
    assert {name: said[name] for name in MIDDLE} == MIDDLE
