"""What a search finds: words, places, people, times, and all of them together."""

from datetime import time

import pytest
import time_machine
from django.db import connection

from community.directory import spelling
from community.directory.finding import find
from community.directory.indexing import rebuild
from community.directory.query import Search
from community.directory.site_search import find_settings
from community.models import DirectoryWord, ListEntry
from community.places.near import Point, point_of
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db


def names(**asked) -> list[str]:
    return [listing.name for listing in find(Search(**asked)).listings]


@pytest.fixture
def three(postcodes):
    make_listing(name="Maths Circle", postcode="NW5 1AA", activity={"name": "Sums", "age_min": 5, "age_max": 8})
    make_listing(
        name="Drum Group", postcode="NW1 1AA", types=["music"],
        activity={"name": "Drums", "age_min": 9, "age_max": 16, "cost_type": "paid", "who": "girls"},
        session={"weekday": 5, "starts": time(10), "ends": time(11), "season": "holiday"},
    )  # fmt: skip
    make_listing(
        name="Koran Class", postcode="WC1H 9JE", types=["faith"], languages=["ar", "en"],
        activity={"name": "Reading", "age_min": 6, "age_max": 14, "cost_type": "donation"},
        session={"weekday": 6, "starts": time(17, 30), "ends": time(19)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("maths", ["Maths Circle"]),
        ("math", ["Maths Circle"]),
        ("numeracy", ["Maths Circle"]),
        ("drumming", ["Drum Group"]),
        ("drum lessons", []),
        ("quran", ["Koran Class"]),
        ("Qur’an", ["Koran Class"]),
        ("madrassah", ["Koran Class"]),
        ("music for my kids", ["Drum Group"]),
        ("nw5", ["Maths Circle"]),
        ("MATHS circle", ["Maths Circle"]),
        ("maths drum", []),
        ("%' OR 1=1 --", []),
        ("🥁", ["Drum Group", "Koran Class", "Maths Circle"]),
    ],
)
def test_words_that_mean_the_same_find_the_same(three, typed, found):
    assert names(words=typed) == found


def test_staff_add_words_that_mean_the_same_without_a_rebuild(three):
    assert names(words="tabla") == []
    ListEntry.objects.create(kind="category", code="drums", label="Drums", same_as="tabla, dhol")
    from community.directory.synonyms import forget_synonyms

    forget_synonyms()
    assert names(words="tabla") == ["Drum Group"]


def test_a_slip_of_the_finger_is_put_right_and_said(three):
    found = find(Search(words="mathz"))
    assert [listing.name for listing in found.listings] == ["Maths Circle"]
    assert found.corrected == "maths"
    assert find(Search(words="maths")).corrected == ""


def test_a_slip_in_a_word_that_only_means_the_same_is_put_right_too(three):
    rebuild()
    assert find(Search(words="madrasaah")).corrected in {"madrasah", "madrassah", "madrasa"}


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_spelling_works_on_both_databases(vendor):
    if connection.vendor != vendor:
        pytest.skip(f"needs {vendor}")
    for word in ("football", "foot", "basketball", "drama"):
        DirectoryWord.objects.create(word=word)
    assert spelling.nearest("footbal") == "football"
    assert spelling.nearest("baskettball") == "basketball"
    assert spelling.nearest("xylophone") is None
    assert spelling.nearest("dra") is None


def test_nearest_first_and_within_a_straight_line(three):
    near = point_of("NW5 1AA")
    assert names(near=near, within=8_000, sort="distance") == ["Maths Circle", "Drum Group", "Koran Class"]
    assert names(near=near, within=1_600, sort="distance") == ["Maths Circle", "Drum Group"]
    assert names(near=near, within=800, sort="distance") == ["Maths Circle"]
    assert names(near=near, within=8_000, sort="name") == ["Drum Group", "Koran Class", "Maths Circle"]
    # The corner of the square around the place is farther than the distance asked for.
    corner = Point("x", 529_500 + 700, 183_500 + 700, is_district=False)
    assert names(near=corner, within=800, sort="distance") == []
    assert names(near=corner, within=1_600, sort="distance")[0] == "Drum Group"


def test_a_district_alone_means_that_district(three):
    assert names(near=point_of("nw1"), sort="distance") == ["Drum Group"]
    assert names(near=point_of("nw1"), within=8_000, sort="distance")[0] == "Drum Group"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"age": 7}, ["Koran Class", "Maths Circle"]),
        ({"age": 16}, ["Drum Group"]),
        ({"age": 17}, []),
        ({"days": (5, 6)}, ["Drum Group", "Koran Class"]),
        ({"time": "morning"}, ["Drum Group"]),
        ({"time": "afternoon"}, ["Maths Circle"]),
        ({"time": "evening"}, ["Koran Class"]),
        ({"cost": "free"}, ["Maths Circle"]),
        ({"cost": "donation"}, ["Koran Class", "Maths Circle"]),
        ({"season": "holiday"}, ["Drum Group"]),
        ({"season": "term"}, ["Koran Class", "Maths Circle"]),
        ({"who": "girls"}, ["Drum Group", "Koran Class", "Maths Circle"]),
        ({"who": "boys"}, ["Koran Class", "Maths Circle"]),
        ({"who": "girls-only"}, ["Drum Group"]),
        ({"types": ("music", "faith")}, ["Drum Group", "Koran Class"]),
        ({"languages": ("ar",)}, ["Koran Class"]),
        ({"types": ("music",), "languages": ("ar",)}, []),
        ({"age": 7, "days": (2,)}, ["Maths Circle"]),
        ({"age": 16, "days": (6,)}, []),
        ({"ward": "Belsize"}, []),
        ({"stay": True}, []),
        ({"award": "nrcse"}, []),
    ],
)
def test_each_filter_and_groups_joined_by_and(three, asked, found):
    assert names(**asked) == found


def test_one_and_the_same_session_has_to_fit(postcodes):
    from tests.factories.community import ActivityFactory, SessionFactory
    from tests.factories.listings import publish_as

    setting = make_listing(activity={"age_min": 5, "age_max": 7}, session={"weekday": 0})
    older = ActivityFactory(setting=setting, age_min=12, age_max=16)
    SessionFactory(activity=older, venue=setting.venues.get(), weekday=4)
    publish_as(setting)
    assert names(age=6, days=(0,)) == ["Invented Club"]
    assert names(age=6, days=(4,)) == []


def test_needs_are_all_met_and_other_choices_are_alternatives():
    make_listing(name="Ramp", venue={"access_tags": ["step-free"]})
    make_listing(name="Ramp and lift", venue={"access_tags": ["step-free", "lift"]})
    assert names(access=("step-free",)) == ["Ramp", "Ramp and lift"]
    assert names(access=("step-free", "lift")) == ["Ramp and lift"]


def test_an_award_stops_to_count_at_midnight_in_london():
    make_listing(awards=[{"scheme": "nrcse", "name": "Mark", "expires_on": "2027-06-30"}])
    with time_machine.travel("2027-06-30T22:59:00Z", tick=False):
        assert names(award="nrcse") == ["Invented Club"]
    with time_machine.travel("2027-06-30T23:01:00Z", tick=False):
        assert names(award="nrcse") == []


def test_sessions_that_are_over_find_nothing():
    make_listing(session={"valid_from": "2026-09-01", "valid_to": "2026-12-18"})
    with time_machine.travel("2026-12-18T12:00:00Z"):
        assert names(days=(2,)) == ["Invented Club"]
    with time_machine.travel("2026-12-19T12:00:00Z"):
        assert names(days=(2,)) == []
        assert names() == ["Invented Club"]


def test_pages_hold_what_they_should_in_a_stable_order(postcodes):
    for number in range(7):
        make_listing(name=f"Club {number}")
    near = point_of("NW5 1AA")
    first = find(Search(near=near, within=800, sort="distance"), page=1, per_page=4)
    second = find(Search(near=near, within=800, sort="distance"), page=2, per_page=4)
    assert first.total == second.total == 7
    assert len({listing.pk for listing in [*first.listings, *second.listings]}) == 7


def test_the_search_of_the_site_finds_listings_but_guesses_no_spelling(three):
    hit = find_settings("maths", 5)[0]
    assert (hit.title, hit.url) == ("Maths Circle", "/en/clubs-near-you/maths-circle/")
    assert find_settings("mathz", 5) == []
