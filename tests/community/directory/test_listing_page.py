"""A listing's page: what it shows, until when, and what it never shows."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.test import Client

from community.models import ListEntry, SafeguardingContact, SchoolTerm, Setting
from tests.factories.listings import make_listing, stated

from .conftest import DIRECTORY

pytestmark = pytest.mark.django_db
CANARY = "canary"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_says_what_a_parent_needs(client):
    ListEntry.objects.create(kind="language", code="bn", label="Bengali")
    SchoolTerm.objects.create(name="Autumn", first_day=date(2026, 9, 1), last_day=date(2026, 12, 18))
    make_listing(
        name="Kite Club",
        summary="Kites for all.",
        languages=["bn"],
        statements={"B1": [stated("A written policy", "seen", expires_on="2027-09-01")]},
        awards=[{"name": "Quality Mark", "issuer": "NRCSE", "level": "Gold", "expires_on": "2027-12-31"}],
        activity={"parents_can_stay": True, "cost_type": "paid", "cost_amount": "4.50", "cost_unit": "session"},
    )
    with time_machine.travel("2026-11-25T16:30:00Z"):
        page = text(client.get(f"{DIRECTORY}kite-club/"))
    for words in (
        "Kite Club", "Kites for all.", "Bengali", "£4.50 a session", "1 Invented Road", "NW5 1AA", "On now",
        "Next: Wednesday 25 November", "A written policy", "We have seen it, September 2026", "good until 1 September 2027",
        "Quality Mark, Gold", "Given by NRCSE", "runs until 31 December 2027", "They last confirmed this page on",
        "recommends them", "Questions worth asking them", "Something wrong here?", "/kite-club/qr.svg",
        "/export/sessions.ics?setting=kite-club",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [("2027-06-30T22:59:30Z", True), ("2027-06-30T23:00:30Z", False), ("2027-06-29T12:00:00Z", True)],
)
def test_an_expired_statement_drops_at_midnight_in_london_by_itself(client, moment, is_shown):
    make_listing(statements={"B1": [stated("A written policy", "seen", expires_on="2027-06-30")]})
    with time_machine.travel(moment):
        assert ("A written policy" in text(client.get(f"{DIRECTORY}invented-club/"))) is is_shown


def test_nothing_stated_says_nothing_bad(client):
    make_listing()
    assert "That says nothing by itself." in text(client.get(f"{DIRECTORY}invented-club/"))


def test_how_much_was_checked_is_said_in_words_that_are_no_mark(client):
    told, seen, gone = stated(), stated(level="seen"), stated(level="visited", expires_on="2026-10-01")
    make_listing(statements={"A1": [told], "B1": [seen], "B2": [told, gone]}, document={"items_in_standard": 42})
    with time_machine.travel("2026-11-25T16:30:00Z"):
        page = text(client.get(f"{DIRECTORY}invented-club/"))
        results = text(client.get(DIRECTORY))
    assert "1 of the 42 things in our safeguarding standard were checked by the partnership." in page
    assert "a higher number does not mean a safer club" in page
    assert "of the 42" not in results


def test_no_word_on_the_page_recommends(client):
    make_listing(statements={"B1": [stated(level="visited")]})
    page = text(client.get(f"{DIRECTORY}invented-club/")).lower()
    for word in ("approved", "verified setting", "rating", "score", "★"):
        assert word not in page


def test_the_structured_data_says_what_the_page_says(client):
    make_listing(name="Kite </script> Club", slug="kite-club")
    page = client.get(f"{DIRECTORY}kite-club/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(blocks[0])
    assert data["name"] == "Kite </script> Club"
    assert data["event"][0]["eventSchedule"]["byDay"] == "https://schema.org/Wednesday"
    assert data["location"][0]["address"]["postalCode"] == "NW5 1AA"
    assert "aggregateRating" not in data


def test_the_page_is_asked_for_again_each_time_and_tells_nobody(client):
    make_listing()
    response = client.get(f"{DIRECTORY}invented-club/")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.parametrize("page_cache", [False, True])
def test_a_suspension_counts_at_once(client, settings, page_cache):
    settings.PAGE_CACHE = page_cache
    setting = make_listing()
    for _ in range(2):
        assert client.get(f"{DIRECTORY}invented-club/").status_code == 200
        assert "Invented Club" in text(client.get(DIRECTORY))
    Setting.objects.filter(pk=setting.pk).update(state="suspended")
    assert client.get(f"{DIRECTORY}invented-club/").status_code == 404
    assert 'href="/en/clubs-near-you/invented-club/' not in text(client.get(DIRECTORY))


def with_canaries() -> Setting:
    """A listing whose working record has a canary in every private field, and in public ones not yet decided on."""
    setting = make_listing(kind="home", venue={"name": "Canary House", "address_lines": "3 Canary Road"})
    SafeguardingContact.objects.create(
        setting=setting, role="dsl", name="Canary Name", work_email="canary@example.org", phone="020 7946 0999",
        mobile="07700 900999", trained_level="Canary training", show_role_publicly=True,
    )  # fmt: skip
    setting.legal_name = "Canary undecided"
    setting.summary = "Canary undecided"
    setting.save()
    setting.reports.create(topic="closed", detail="Canary detail", reply_to="canary@example.org")
    setting.note_set.create(text="Canary note") if hasattr(setting, "note_set") else None
    return setting


@pytest.mark.parametrize(
    "path",
    [
        "", "?q=canary", "?near=NW5", "invented-club/", "invented-club/questions/", "invented-club/wrong/",
        "invented-club/wrong/?risk=no", "invented-club/wrong/?risk=yes", "shortlist/?s=invented-club",
        "questions/?s=invented-club", "invented-club/wrong/thanks/", "/export/sessions.ics?setting=invented-club",
    ],
)  # fmt: skip
def test_no_private_field_is_in_any_public_byte(client, postcodes, path):
    with_canaries()
    response = client.get(path if path.startswith("/") else DIRECTORY + path)
    assert response.status_code == 200
    body = (
        response.content.decode().lower().replace("“canary”", "").replace('value="canary"', "").replace("q=canary", "")
    )
    assert CANARY not in body
    assert "nw5 1aa" not in body
    assert "529011" not in body
    assert "07700" not in body


def test_a_qr_code_leads_to_the_page(client):
    make_listing()
    response = client.get(f"{DIRECTORY}invented-club/qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith((b"<?xml", b"<svg"))


def test_another_language_keeps_the_address(postcodes):
    make_listing()
    assert Client().get("/ar/clubs-near-you/invented-club/").status_code == 200


@pytest.mark.parametrize(("day", "is_shut"), [("2026-11-30", True), ("2026-12-01", False)])
def test_a_club_that_is_shut_opens_again_by_itself_on_its_day(client, day, is_shut):
    setting = make_listing(temporarily_closed=True, reopens_on="2026-12-01", session={"season": "all-year"})
    with time_machine.travel(f"{day} 12:00", tick=False):
        page = client.get(f"{DIRECTORY}{setting.slug}/").text
        assert ("Shut for now" in page) is is_shut
        assert ("Opens again on 1 December 2026" in page) is is_shut
        assert ("Shut for now" in client.get(DIRECTORY).text) is is_shut
        calendar = client.get("/export/sessions.ics", {"setting": setting.slug}).text
        assert "DTSTART;TZID=Europe/London:20261202T160000" in calendar, "from the day on which it opens"
