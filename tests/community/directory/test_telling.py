"""What the public tells us: a risk goes to the numbers and nowhere else, the rest is kept for the officers."""

import pytest
import time_machine
from django.test import Client

from community.directory.services import ask_for_club
from community.models import Lead, ListingReport
from foundation.audit.models import Entry
from foundation.forms.tokens import make_token
from tests.factories.listings import make_listing

from .conftest import DIRECTORY

pytestmark = pytest.mark.django_db
WRONG = f"{DIRECTORY}invented-club/wrong/"
MISSING = f"{DIRECTORY}missing/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def send():
    """Posts a form with a token that is old enough."""

    def post(path: str, purpose: str, **typed: str):
        with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
            token = make_token(purpose)
        with time_machine.travel("2026-11-22T12:00:30Z", tick=False):
            return Client(enforce_csrf_checks=True).post(path, {"token": token, **typed})

    return post


def test_first_of_all_it_asks_whether_a_child_may_be_at_risk(client):
    make_listing()
    page = text(client.get(WRONG))
    assert "Could a child be at risk?" in page
    assert "What is wrong" not in page
    assert "<textarea" not in page


def test_yes_shows_the_numbers_and_stores_nothing(client):
    make_listing()
    before = Entry.objects.count()
    page = text(client.get(f"{WRONG}?go=1&risk=yes"))
    assert "999" in page
    assert "We did not store anything." in page
    assert "<form" not in page.replace('<form class="cs-search', "")
    assert not ListingReport.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("query", ["?go=1", "?go=1&risk=perhaps", "?go=1&risk="])
def test_without_an_answer_it_asks_again(client, query):
    make_listing()
    assert "Choose yes or no" in text(client.get(WRONG + query))


def test_a_report_is_kept_for_the_officers(client, send):
    setting = make_listing()
    assert "What is wrong?" in text(client.get(f"{WRONG}?risk=no"))
    response = send(f"{WRONG}?risk=no", "listing-report", topic="closed", detail="Shut since May.", reply_to="")
    assert response.status_code == 303
    assert response.url == f"{WRONG}thanks/"
    report = ListingReport.objects.get()
    assert (report.setting_id, report.topic, report.detail, report.status) == (
        setting.pk,
        "closed",
        "Shut since May.",
        "new",
    )
    entry = Entry.objects.filter(action="community.report_received").get()
    assert entry.facts == {"topic": "closed"}
    assert "Thank you" in text(client.get(response.url))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"detail": "Kept words"}, "Choose what is wrong"),
        ({"topic": "closed", "detail": "Kept words" * 1_000}, "Use 500 characters or fewer. This has 10000."),
        ({"topic": "closed", "detail": "Kept words", "reply_to": "not an address"}, "Type an email address like"),
        ({"topic": "nonsense", "detail": "Kept words"}, "There is a problem"),
    ],
)
def test_a_mistake_keeps_what_was_typed(send, typed, words):
    make_listing()
    response = send(f"{WRONG}?risk=no", "listing-report", **typed)
    assert response.status_code == 422
    assert words in text(response)
    assert "Kept words" in text(response)
    assert not ListingReport.objects.exists()


def test_an_old_or_foreign_token_keeps_what_was_typed(client):
    make_listing()
    response = client.post(f"{WRONG}?risk=no", {"topic": "closed", "detail": "Kept words", "token": "x:y"})
    assert response.status_code == 422
    assert "Kept words" in text(response)
    assert not ListingReport.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(send):
    make_listing()
    assert send(WRONG, "listing-report", topic="closed", website_address="http://spam.example").status_code == 303
    assert send(MISSING, "missing-club", name="Spam", website_address="http://spam.example").status_code == 303
    assert not ListingReport.objects.exists()
    assert not Lead.objects.exists()


def test_too_many_reports_are_asked_to_wait(send):
    make_listing()
    answers = [send(f"{WRONG}?risk=no", "listing-report", topic="closed").status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    assert ListingReport.objects.count() == 5


def test_a_missing_club_becomes_a_private_lead(send):
    response = send(MISSING, "missing-club", name="  Chess   Club ", where="near the library", web="")
    assert response.status_code == 303
    lead = Lead.objects.get()
    assert (lead.name, lead.where, lead.asks) == ("Chess Club", "near the library", 1)
    assert "Chess" not in text(Client().get(DIRECTORY, {"q": "chess"})).replace("chess", "")


def test_the_same_name_only_counts_and_fills_what_is_empty():
    ask_for_club(name="St. Mary's Chess-Club")
    ask_for_club(name="st marys chess club", where="NW5")
    ask_for_club(name="ST. MARY'S CHESS CLUB", where="NW1", web="example.org")
    leads = {lead.name_key: lead for lead in Lead.objects.all()}
    assert sum(lead.asks for lead in leads.values()) == 3
    lead = leads["st mary s chess club"]
    assert lead.asks == 2
    assert (lead.where, lead.web) == ("NW1", "example.org")


def test_known_and_unknown_names_are_answered_alike(send):
    make_listing(name="Listed Club")
    answers = [send(MISSING, "missing-club", name=name) for name in ("Listed Club", "Never Heard Of")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(303, f"{MISSING}thanks/")}


@pytest.mark.parametrize("name", ["", "   ", "...", "x" * 10_000])
def test_a_name_is_needed_and_has_an_end(send, name):
    response = send(MISSING, "missing-club", name=name, where="Kept words")
    assert response.status_code == 422
    assert "Kept words" in text(response)
    assert "name" in text(response).lower()
    assert not Lead.objects.exists()


def test_what_being_listed_means_is_said(client):
    page = text(client.get(f"{DIRECTORY}what-listing-means/"))
    for words in ("Most of them are not inspected by anyone", "They told us", "We saw it on a visit", "no stars"):
        assert words in page
