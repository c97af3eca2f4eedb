"""What a person must have looked at before launch: listed with its reason, ticked off, and back when it changes."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale

from community.launch.listing import STANDARD_FILE, chapters, codes_to_compare, fault_of, is_of_a_known_body
from community.models import ChecklistItem, Confirmation, SchoolTerm
from community.quality.services.standard import load_all
from foundation.audit.models import Entry
from foundation.partnership.models import Helpline
from tests.factories.accounts import give_authenticator, holder_of, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/registry/before-launch/"


@pytest.fixture
def administrator():
    client, person = Client(), holder_of("Administrator")
    give_authenticator(person)
    sign_in(client, person)
    client.person = person
    return client


@pytest.fixture
def facts(db):
    load_all(False)
    today = timezone.localdate()
    SchoolTerm.objects.create(name="Over", first_day=date(2020, 1, 1), last_day=date(2020, 2, 1))
    SchoolTerm.objects.create(name="Next half", first_day=today, last_day=today + timedelta(days=40))
    Helpline.objects.create(
        key="made-up", name="Invented line", phone="020 7946 0000", locale=Locale.objects.get(language_code="en")
    )


def matter(key):
    return next(each for chapter in chapters() for each in chapter.matters if each.key == key)


def post(client, key, **more):
    return client.post(ADDRESS, {"key": key, "fingerprint": matter(key).fingerprint, **more}, follow=True)


def test_the_list_names_numbers_words_addresses_and_terms_to_come(administrator, facts):
    page = administrator.get(ADDRESS).text
    for words in ("Invented line", "020 7946 0000", "Next half", "https://www.hse.gov.uk/riddor/"):
        assert words in page
    assert "Over</" not in page
    item = ChecklistItem.objects.get(code="A2")
    assert escape(item.question) in page


def test_a_word_is_kept_with_who_and_when_and_leaves_a_trail(administrator, facts):
    left = sum(chapter.left for chapter in chapters())
    assert "Kept." in post(administrator, "helpline:made-up").text
    row = Confirmation.objects.get()
    assert (row.confirmed_by, row.confirmed_on) == (administrator.person, timezone.localdate())
    assert sum(chapter.left for chapter in chapters()) == left - 1
    assert Entry.objects.get(action="community.confirm_before_launch").facts == {"what": "helpline:made-up"}
    post(administrator, "helpline:made-up", do="take_back")
    assert not Confirmation.objects.exists()


def test_what_changes_comes_back_onto_the_list(administrator, facts):
    post(administrator, "helpline:made-up")
    assert matter("helpline:made-up").is_done
    Helpline.objects.filter(key="made-up").update(phone="020 7946 0001")
    assert not matter("helpline:made-up").is_done


def test_a_word_about_what_reads_differently_now_is_not_kept(administrator, facts):
    old = matter("helpline:made-up").fingerprint
    Helpline.objects.filter(key="made-up").update(phone="020 7946 0001")
    answer = administrator.post(ADDRESS, {"key": "helpline:made-up", "fingerprint": old}, follow=True)
    assert "This was changed while you were reading." in answer.text
    administrator.post(ADDRESS, {"key": "nothing", "fingerprint": ""})
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("role", ["Editor", "Registry officer", "Safeguarding lead"])
def test_the_list_is_for_administrators(role, facts):
    client, person = Client(), holder_of(role)
    give_authenticator(person)
    sign_in(client, person)
    assert client.get(ADDRESS).status_code == 302
    assert client.post(ADDRESS, {"key": "helpline:made-up"}).status_code == 302
    assert not Confirmation.objects.exists()


def test_every_wording_that_waits_for_a_comparison_is_on_the_list(facts):
    wordings = next(chapter for chapter in chapters() if chapter.key == "wordings")
    assert {each.key for each in wordings.matters} == {f"wording:{code}" for code in codes_to_compare()}
    assert len(codes_to_compare()) == 19


def test_the_shipped_addresses_are_written_well_and_lead_to_known_bodies():
    items = yaml.safe_load(STANDARD_FILE.read_text(encoding="utf-8"))["items"]
    addresses = {item["help_url"] for item in items if item.get("help_url")}
    assert len(items) == 42
    assert len(addresses) > 20
    assert [each for each in addresses if fault_of(each) or not is_of_a_known_body(each)] == []


@pytest.mark.parametrize(
    "address", ["http://www.hse.gov.uk/", "https://", "javascript:alert(1)", "www.hse.gov.uk", "https://hse .gov.uk/"]
)
def test_an_address_that_cannot_work_is_named_and_is_no_link(administrator, facts, address):
    ChecklistItem.objects.filter(code="A1").update(help_url=address)
    page = administrator.get(ADDRESS).text
    assert "not an address that begins with https://" in page
    assert f'href="{address}"' not in page
    report = administrator.get(reverse("counts-broken-links")).text
    assert "not an address that begins with https://" in report
    assert escape(address) in report


def test_an_address_of_somebody_else_asks_for_a_second_look():
    assert not is_of_a_known_body("https://notgov.uk/")
    assert not is_of_a_known_body("https://gov.uk.example.org/")
    assert is_of_a_known_body("https://learning.nspcc.org.uk/training")


def test_the_document_lists_every_shipped_address():
    listed = (Path(settings.BASE_DIR) / "docs/features/before-launch.md").read_text(encoding="utf-8")
    items = yaml.safe_load(STANDARD_FILE.read_text(encoding="utf-8"))["items"]
    assert [item["help_url"] for item in items if item.get("help_url") and f"<{item['help_url']}>" not in listed] == []
