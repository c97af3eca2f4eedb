"""My questions: only those that the listing does not answer, with a good answer beside each."""

from datetime import date

import pytest
import time_machine

from community.directory.questions import applies, traits_of
from community.models import ChecklistItem, StandardVersion
from tests.factories.listings import make_listing, stated

from .conftest import DIRECTORY

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def standard():
    version = StandardVersion.objects.create(code="t", title="Test", in_force_from=date(2026, 1, 1), is_current=True)

    def item(code: str, **fields):
        return ChecklistItem.objects.create(
            standard=version, code=code, area=code[0], order=int(code[1:]), question="?", basis="guidance", **fields
        )

    item(
        "B1",
        parent_question="May I see your policy?",
        good_answer="Yes, here it is.",
        red_flag="No policy",
        applies_to=["all"],
    )
    item("A6", parent_question="Are you insured?", good_answer="Yes, until June.", applies_to=["all"])
    item("B9", parent_question="How do you watch the internet?", applies_to=["online"], red_flag="No filter")
    item("A12", parent_question="", applies_to=["all"])
    return version


def test_what_is_stated_is_not_asked_again(client, standard):
    make_listing(statements={"B1": [stated()]})
    page = text(client.get(f"{DIRECTORY}invented-club/questions/"))
    assert "Are you insured?" in page
    assert "Yes, until June." in page
    assert "May I see your policy?" not in page
    assert "How do you watch the internet?" not in page
    assert "One question is answered on the page already." in page
    assert "No policy" in page
    assert "Worried about a child?" in page


def test_a_statement_that_ran_out_is_asked_again(client, standard):
    make_listing(statements={"B1": [stated(expires_on="2026-12-01")]})
    with time_machine.travel("2026-12-01T12:00:00Z"):
        assert "May I see your policy?" not in text(client.get(f"{DIRECTORY}invented-club/questions/"))
    with time_machine.travel("2026-12-02T12:00:00Z"):
        assert "May I see your policy?" in text(client.get(f"{DIRECTORY}invented-club/questions/"))


def test_one_sheet_for_a_shortlist_says_whom_to_ask_what(client, standard):
    make_listing(name="Kite Club", statements={"B1": [stated()]})
    make_listing(name="Web Class", kind="online", statements={"A6": [stated()]})
    page = text(client.get(f"{DIRECTORY}questions/?s=kite-club,web-class"))
    after = page.partition("May I see your policy?")[2]
    assert after.index("<strong>Ask only:</strong> Web Class") < after.index("</li>")
    assert "<strong>Ask only:</strong> Kite Club" in page


def test_all_answered_and_nothing_written_yet(client, db):
    make_listing(statements={"B1": [stated()]})
    assert "Our list of questions is not ready yet" in text(client.get(f"{DIRECTORY}invented-club/questions/"))
    version = StandardVersion.objects.create(code="t", title="T", in_force_from=date(2026, 1, 1), is_current=True)
    ChecklistItem.objects.create(
        standard=version, code="B1", area="B", question="?", basis="law", parent_question="Policy?", applies_to=["all"]
    )
    assert "answers every question on our list" in text(client.get(f"{DIRECTORY}invented-club/questions/"))


def test_which_items_concern_whom():
    document = {
        "size": "lone",
        "activities": {"a": {"age_min": 6, "mode": "one-to-one"}},
        "venues": {"v": {"kind": "home"}},
        "legal": {"form": "charity"},
    }
    traits = traits_of(document)
    assert traits == {"all", "employer", "u8", "home", "1to1", "charity"}
    assert applies(["home", "1to1"], traits)
    assert not applies(["team", "online"], traits)
    assert applies([], traits)
    assert {"team", "large", "hire"} <= traits_of({"venues": {"v": {"kind": "public"}}})
