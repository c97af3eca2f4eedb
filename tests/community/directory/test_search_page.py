"""The search page: what it says, what it forgives, what it keeps to itself."""

import json
import logging
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from community.directory.options import forget_counts
from community.models import ListEntry
from foundation.logs.formatter import SafeJsonFormatter
from foundation.partnership.models import PartnershipSettings, Ward
from tests.factories.listings import make_listing, stated

from .conftest import DIRECTORY

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(postcodes):
    partnership = PartnershipSettings.for_site(Site.objects.get(is_default_site=True))
    partnership.area = "Inventedshire"
    partnership.save()


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_card_says_what_a_parent_compares(client, area):
    make_listing(name="Kite Club", summary="Kites for all.", statements={"B1": [stated(level="seen")]})
    page = text(client.get(DIRECTORY, {"near": "NW1 1AA", "within": "3200"}))
    for words in (
        "Kite Club",
        "Kites for all.",
        "Wednesday",
        "Ages 8 to 12",
        "Free",
        "1.0 miles (1.6 km)",
        "1 seen by us",
    ):
        assert words in page
    assert "Distances are straight lines" in page
    assert "1 club or class" in page
    assert "Contains OS data" in page


def test_a_home_shows_its_district_alone(client, area):
    make_listing(name="Home Tuition", kind="home", venue={"name": "Canary House", "address_lines": "3 Canary Road"})
    page = text(client.get(DIRECTORY, {"near": "NW5 1AA"}))
    assert "A home in NW5" in page
    assert "about 1 mile" in page
    assert "Canary" not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("NW5 9ZZ", "We only know postcodes in and within 2 km of Inventedshire. Try the first half (NW5)."),
        ("SW1A 1AA", "We only know postcodes in and within 2 km of Inventedshire. Try the first half (W"),
        ("Kentish Town", "Type a postcode, or just its first half, such as W"),
        ("x" * 10_000, "Use a few words only, 40 letters at the most."),
    ],
)
def test_a_postcode_that_cannot_be_used_is_said_in_plain_words_and_stays(client, area, typed, words):
    make_listing(name="Kite Club")
    response = client.get(DIRECTORY, {"near": typed, "age": "9"})
    page = text(response)
    assert response.status_code == 200
    assert words in page
    assert f'value="{typed[:200]}"' in page
    assert "There is a problem" in page
    assert "We left out what we could not understand" in page
    assert "Kite Club" in page


@pytest.mark.parametrize("age", ["nine", "-1", "26", "9.5", "99999999999999999999", "٣٣"])
def test_an_impossible_age_is_said_and_stays(client, area, age):
    page = text(client.get(DIRECTORY, {"age": age}))
    assert "Type an age in years, from 0 to 25, in numbers." in page
    assert f'value="{age}"' in page


@pytest.mark.parametrize(
    "query",
    [
        "day=9", "day=x", "within=7", "type=nonsense", "ward=Atlantis", "cost=gold", "page=0", "page=-1", "page=x",
        "page=99999", "page=٣", "s=,,,", "sort=best", "lang=zz&lang=yy", "near=%F0%9F%A5%81", "q=" + "a" * 10_000,
        "stay=maybe", "age=&near=&q=",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_answered_with_a_page(client, area, query):
    make_listing()
    assert client.get(f"{DIRECTORY}?{query}").status_code == 200


def test_filters_say_what_they_did_and_can_be_taken_away_one_by_one(client, area):
    ListEntry.objects.create(kind="access", code="step-free", label="Step-free entrance")
    make_listing(venue={"access_tags": ["step-free"]})
    page = text(client.get(f"{DIRECTORY}?near=NW5&age=9&day=2&day=5&access=step-free&s=other-club"))
    for chip in ("In NW5", "Age 9", "Wednesday", "Saturday", "Step-free entrance"):
        assert f"Remove: </span>{chip}<" in page
    assert 'href="?near=NW5&amp;age=9&amp;day=5&amp;access=step-free&amp;s=other-club"' in page
    assert 'href="?s=other-club">Clear all' in page
    assert "6 on" not in page
    assert "3 on" in page


def test_when_nothing_fits_the_page_says_what_to_do(client, area):
    page = text(client.get(DIRECTORY, {"near": "NW5 1AA", "within": "800"}))
    assert "No club fits all of that" in page
    assert "within=1600" in page
    assert "/clubs-near-you/missing/" in page


def test_a_corrected_word_is_said(client, area):
    make_listing(name="Football Club")
    assert "so we looked for “football”" in text(client.get(DIRECTORY, {"q": "fotball"}))


def test_sorting_is_by_distance_or_name_and_nothing_else(client, area):
    make_listing(name="Aardvark Club", postcode="WC1H 9JE", statements={"B1": [stated(level="visited")]})
    make_listing(name="Zebra Club", postcode="NW5 1AA")
    near = {"near": "NW5 1AA", "within": "8000"}
    page = text(client.get(DIRECTORY, near))
    assert page.index("Zebra Club") < page.index("Aardvark Club")
    page = text(client.get(DIRECTORY, {**near, "sort": "name"}))
    assert page.index("Aardvark Club") < page.index("Zebra Club")


def test_the_map_and_its_list_of_districts_lead_to_the_same_searches(client, area):
    make_listing(postcode="NW5 1AA")
    forget_counts()
    page = text(client.get(DIRECTORY, {"age": "9", "near": "NW5 1AA"}))
    assert page.count('href="?age=9&amp;near=NW5"') == 2
    assert "<title>NW5: 1</title>" in page
    assert 'class="cs-map__ring"' in page
    assert 'aria-hidden="true" focusable="false">' in page


def test_more_than_a_page_is_paged_and_keeps_the_search(client, area):
    for number in range(17):
        make_listing(name=f"Club {number:02}")
    page = text(client.get(DIRECTORY, {"age": "9"}))
    assert "Page 1 of 2" in page
    assert 'href="?age=9&amp;page=2"' in page
    assert "Club 16" in text(client.get(DIRECTORY, {"age": "9", "page": "2"}))


def test_what_a_setting_wrote_cannot_become_markup(client, area):
    make_listing(name="<script>alert(1)</script>", slug="odd", summary='"><img src=x>')
    page = text(client.get(DIRECTORY, {"q": "<b>script</b>"}))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>script" not in page


def test_the_search_is_neither_logged_nor_kept_nor_told(client, area, settings, caplog):
    settings.LOG_REQUESTS = True
    make_listing()
    client.get(DIRECTORY)  # the frame of the site makes its empty menus when it is first shown
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append
    logger = logging.getLogger("foundation.requests")
    logger.addHandler(handler)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(DIRECTORY, {"near": "NW5 1AA", "q": "secretword"})
    logger.removeHandler(handler)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert '<meta name="referrer" content="no-referrer">' in response.content.decode()
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    lines = "".join(SafeJsonFormatter().format(record) for record in records)
    assert json.loads(lines.splitlines()[-1] if "\n" in lines else lines)["route"].endswith("clubs-near-you/")
    assert "NW5" not in lines
    assert "secretword" not in lines
    writes = [
        query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE"))
    ]
    assert writes == []


def test_the_page_without_a_search_is_asked_for_again_each_time(client, area):
    assert client.get(DIRECTORY).headers["Cache-Control"] == "private, no-cache"


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if "style" in names or any(name.startswith("on") for name in names) or tag == "style":
            self.found.append(tag)


def test_no_inline_style_or_script(client, area):
    make_listing()
    parser = _Inline()
    parser.feed(client.get(DIRECTORY, {"near": "NW5 1AA"}).content.decode())
    assert parser.found == []


def test_a_search_with_every_filter_stays_within_eight_queries(area, django_assert_max_num_queries):
    Ward.objects.create(name="Belsize")
    make_listing(name="Kite Club")
    query = "?q=kite+clob&near=NW5+1AA&within=8000&age=9&day=2&time=afternoon&cost=reductions&season=term&who=girls&type=sport&stay=on"
    client = Client()
    client.get(DIRECTORY + query)
    with django_assert_max_num_queries(8):
        client.get(DIRECTORY + query)


def test_the_form_needs_no_post_and_no_script(client, area):
    page = text(client.get(DIRECTORY))
    assert '<form class="cs-find" method="get"' in page
    assert "csrf" not in page
    assert client.post(DIRECTORY).status_code == 405


def test_putting_a_club_on_the_shortlist_leads_back_to_where_it_stands(client):
    make_listing(name="Kite Club")
    page = client.get(DIRECTORY).content.decode()
    assert 'id="c-kite-club"' in page
    assert '?s=kite-club#c-kite-club"' in page
