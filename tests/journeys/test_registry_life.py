"""The life of a listing, on a small phone without JavaScript: registered, reviewed by two people, found, questioned, moved,
checked again, taken down, vanished, and shown again by two. The phone's owner and parent click; officers post their forms.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.journeys.looks import a_phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DIRECTORY = "/en/clubs-near-you/"


@pytest.fixture
def phone(browser: Any, live_server: Any) -> Any:
    with a_phone(browser, width=360) as page:
        yield page


@pytest.fixture
def officers(transactional_db: None) -> tuple[Client, Client]:
    """A registry officer and the safeguarding lead, signed in."""
    from foundation.accounts.role_setup import set_up_roles
    from tests.factories.accounts import holder_of, sign_in

    set_up_roles()
    return sign_in(Client(), holder_of("Registry officer")), sign_in(Client(), holder_of("Safeguarding lead"))


@pytest.fixture
def record(transactional_db: None) -> Any:
    """A record that is complete but for the sending; tests/journeys/test_register.py fills one in page by page."""
    from community.demo.lists import load_lists
    from community.models import ChecklistItem, District, EvidenceCheck, StandardVersion
    from tests.factories.accounts import UserFactory
    from tests.factories.community import MembershipFactory, PostcodeFactory, SettingFactory

    load_lists()
    for code, easting, northing in (("NW5 1AA", 529_011, 185_022), ("NW1 1AA", 529_500, 183_500)):
        PostcodeFactory(code=code, easting=easting, northing=northing)
        District.objects.create(outward=code[:3], easting=easting, northing=northing, postcodes=1, in_area=1)
    setting = SettingFactory(name="Invented Kite Club", slug="invented-kite-club", complete=True)
    MembershipFactory(setting=setting, user=UserFactory(email="club@example.org"))
    standard = StandardVersion.objects.create(code="t", title="Standard", in_force_from="2026-01-01", is_current=True)
    item = ChecklistItem.objects.create(
        standard=standard, code="A3", area="A", question="Have you checked the risks?", basis="law",
        public_statement="Has checked the risks of the place", parent_question="When did you last check the place?",
        good_answer="They name a month.", reopened_by=["venue"],
    )  # fmt: skip
    EvidenceCheck.objects.create(setting=setting, item=item, level="seen", checked_on="2026-09-01")
    return setting


def go(phone: Any, live_server: Any, path: str) -> Any:
    return phone.goto(live_server.url + path)


def bytes_of(phone: Any, live_server: Any, path: str) -> tuple[int, bytes]:
    """Status and body, read before the next page takes their place."""
    answer = go(phone, live_server, path)
    return answer.status, answer.body()


def press(phone: Any, name: str) -> None:
    button = phone.get_by_role("button", name=name, exact=True)
    (button if button.count() else phone.get_by_role("link", name=name, exact=True)).first.click()


def sign_in_by_link(phone: Any, live_server: Any) -> None:
    from django.core import mail

    go(phone, live_server, "/en/my-setting/")
    phone.locator("[name=email]").fill("club@example.org")
    press(phone, "Send me a link")
    message = next(each for each in reversed(mail.outbox) if "link to sign in" in each.subject)
    found = re.search(r"http://[^/\s]+(/\S+)", str(message.body))
    assert found
    go(phone, live_server, found[1])
    press(phone, "Sign in")


def review(client: Client, setting: Any) -> None:
    """Accept every field and conclude."""
    request = setting.change_requests.filter(status__in=["waiting", "proposed"]).get()
    answer = client.post(
        reverse("community_review", args=[setting.pk]),
        {"conclude": "rest", "seen_version": request.version},
    )
    assert answer.status_code == 302, answer.content[:500]
    setting.refresh_from_db()


def step(client: Client, setting: Any, act: str, reason: str) -> None:
    client.post(reverse("community_record", args=[setting.pk]), {"do": "step", "act": act, "reason": reason})
    setting.refresh_from_db()


def test_a_listing_lives(phone: Any, live_server: Any, officers: tuple[Client, Client], record: Any) -> None:
    officer, lead = officers
    listing = f"{DIRECTORY}invented-kite-club/"

    # Sent by its owner, reviewed by two people; one alone lists nothing.
    sign_in_by_link(phone, live_server)
    go(phone, live_server, f"/en/my-setting/{record.pk}/check/")
    phone.locator("input[type=checkbox]").first.check()
    press(phone, "Send")
    assert "Sent. Thank you." in phone.inner_text("main")
    review(officer, record)
    assert record.state == "in_review"
    assert go(phone, live_server, listing).status == 404
    review(lead, record)
    assert record.state == "listed"

    # Found by postcode; the sheet asks what the listing does not answer.
    go(phone, live_server, DIRECTORY)
    phone.locator("[name=near]").first.fill("nw5 1aa")
    phone.locator("form:has([name=near]) button[type=submit], form:has([name=near]) button").first.click()
    assert "Invented Kite Club" in phone.inner_text("main")
    phone.get_by_role("link", name="Invented Kite Club").first.click()
    assert "Has checked the risks of the place" in phone.inner_text("main")
    go(phone, live_server, f"{listing}questions/")
    assert "Invented Kite Club" in phone.inner_text("main")

    # Another hall: the old one stays in public while it waits, then the check of the place counts no longer.
    move(record)
    assert "Invented Hall" in go(phone, live_server, listing).text()
    review(officer, record)
    text = go(phone, live_server, listing).text()
    assert "Moved Hall" in text
    assert "Has checked the risks of the place" not in text

    # Taken down by one at once: nothing tells it from a setting that never was.
    step(officer, record, "suspend", "Something is looked into.")
    assert record.state == "suspended"
    key = str(record.pk)
    for was_here, never_was in ((listing, f"{DIRECTORY}never-heard-of/"), (f"/o/services/{key}", "/o/services/none")):
        gone = bytes_of(phone, live_server, was_here)
        assert gone == bytes_of(phone, live_server, never_was)
        assert gone[0] == 404

    # Lifted by two, and back.
    step(officer, record, "lift", "Looked into; all is well.")
    assert record.state == "suspended"
    step(officer, record, "lift", "Twice the same person.")
    assert record.state == "suspended"
    step(lead, record, "lift", "Agreed.")
    assert record.state == "listed"
    assert "Moved Hall" in go(phone, live_server, listing).text()
    assert go(phone, live_server, f"/o/services/{key}").status == 200


def move(record: Any) -> None:
    """The owner says that they meet elsewhere now, and sends it."""
    from community.register.services.sending import send_changes

    owner = record.memberships.get().user
    venue = record.venues.get()
    venue.name, venue.address_lines, venue.postcode = "Moved Hall", "2 Invented Road", "NW1 1AA"
    venue.easting, venue.northing = 529_500, 183_500
    venue.save()
    send_changes(setting=record, by=owner)
