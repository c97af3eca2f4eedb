"""The standard as data: loading, editions, and how administrators edit it."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from community.models import AwardScheme, ChecklistItem, EvidenceCheck, StandardVersion
from community.quality.applies import APPLIES_TO_CHOICES, REOPENED_BY_CHOICES
from community.quality.services.standard import copy_edition, load_all
from foundation.registries.demo import demo_parts
from tests.community.quality.conftest import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db):
    return staff("Administrator")


def test_loading_twice_changes_nothing(capsys):
    assert load_all(False) > 42
    assert load_all(False) == 0
    assert ChecklistItem.objects.count() == 42
    assert StandardVersion.objects.get().is_current
    assert AwardScheme.objects.filter(code="mqsf", levels=["Mizan", "Kausar", "Firdaus"]).exists()
    call_command("load_standard")
    assert "0 rows" in capsys.readouterr().out


def test_what_staff_have_worded_stays_unless_asked_otherwise():
    load_all(False)
    ChecklistItem.objects.filter(code="A1").update(question="Our own words?")
    load_all(False)
    assert ChecklistItem.objects.get(code="A1").question == "Our own words?"
    assert load_all(True) == 1
    assert ChecklistItem.objects.get(code="A1").question != "Our own words?"


def test_the_file_uses_only_words_that_mean_something():
    load_all(False)
    applies, reopened = dict(APPLIES_TO_CHOICES), dict(REOPENED_BY_CHOICES)
    for item in ChecklistItem.objects.all():
        assert item.applies_to, item.code
        assert set(item.applies_to) <= set(applies), item.code
        assert set(item.reopened_by) <= set(reopened), item.code
        item.full_clean(exclude=["standard"])


def test_every_partnership_starts_with_it():
    part = dict(demo_parts.items())["community 1: the standard and awards"]
    assert part.is_for_everybody
    part.load(False)
    assert ChecklistItem.objects.count() == 42


def item_fields(item, **given):
    fields = {
        "standard": item.standard_id, "code": item.code, "order": item.order, "question": item.question,
        "basis": item.basis, "applies_to": item.applies_to, "schemes": "nrcse: Environment",
    }  # fmt: skip
    return {**fields, **given}


def test_an_item_is_edited_in_words(administrator, standard):
    item = standard.items.get(code="A1")
    url = reverse("community_items:edit", args=[item.pk])
    assert "nrcse: Environment" in administrator.get(url).text
    administrator.post(url, item_fields(item, question="New words?", code="C7", applies_to=["team", "u8"]))
    item.refresh_from_db()
    assert (item.question, item.code, item.area, item.applies_to) == ("New words?", "C7", "C", ["team", "u8"])
    assert item.schemes == {"nrcse": "Environment"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "Z1"}, "Type the letter of its area"),
        ({"schemes": "nonsense"}, "Write each line as scheme: heading"),
        ({"applies_to": []}, "This field is required."),
        ({"code": "B1"}, "already exists"),
    ],
)
def test_an_item_that_cannot_be_is_refused(administrator, standard, given, words):
    item = standard.items.get(code="A1")
    response = administrator.post(reverse("community_items:edit", args=[item.pk]), item_fields(item, **given))
    assert words in response.text
    item.refresh_from_db()
    assert item.code == "A1"


def test_codes_of_an_edition_in_use_stay(administrator, standard, setting):
    item = standard.items.get(code="A1")
    EvidenceCheck.objects.create(setting=setting, item=item, level="told", checked_on=date(2026, 1, 1))
    url = reverse("community_items:edit", args=[item.pk])
    assert "make a new edition" in administrator.get(url).text
    administrator.post(url, item_fields(item, code="A9", question="New words?"))
    item.refresh_from_db()
    assert (item.code, item.question) == ("A1", "New words?")
    response = administrator.post(reverse("community_items:delete", args=[item.pk]))
    assert response.status_code < 500
    assert ChecklistItem.objects.filter(pk=item.pk).exists()


def test_a_new_edition_is_copied_and_made_current(administrator, standard):
    url = reverse("community_edition", args=[standard.pk])
    administrator.post(url, {"do": "copy", "code": "test-2", "title": "Second", "in_force_from": "2026-02-01"})
    copy = StandardVersion.objects.get(code="test-2")
    assert copy.items.count() == standard.items.count() == 4
    assert not copy.is_current
    administrator.post(reverse("community_edition", args=[copy.pk]), {"do": "current"})
    assert StandardVersion.objects.get(is_current=True) == copy


def test_an_edition_that_cannot_be_is_refused(administrator, standard):
    url = reverse("community_edition", args=[standard.pk])
    typed = {"do": "copy", "code": "test-1", "title": "Second words", "in_force_from": "2026-02-01"}
    response = administrator.post(url, typed)
    assert "There is an edition of this code already." in response.text
    assert "Second words" in response.text
    later = copy_edition(edition=standard, code="later", title="Later", in_force_from=date(2999, 1, 1), by=None)
    response = administrator.post(reverse("community_edition", args=[later.pk]), {"do": "current"}, follow=True)
    assert "not in force yet" in response.text
    empty = StandardVersion.objects.create(code="empty", title="Empty", in_force_from=date(2026, 1, 1))
    response = administrator.post(reverse("community_edition", args=[empty.pk]), {"do": "current"}, follow=True)
    assert "has no items" in response.text
    assert StandardVersion.objects.get(is_current=True) == standard


def test_a_scheme_in_use_is_not_deleted(administrator, scheme, setting):
    setting.awards.create(scheme=scheme)
    response = administrator.post(reverse("community_award_schemes:delete", args=[scheme.pk]))
    assert response.status_code < 500
    assert AwardScheme.objects.filter(pk=scheme.pk).exists()


ADMINISTRATORS = ["community_editions:index", "community_items:index", "community_award_schemes:index"]


@pytest.mark.parametrize("role", ["Administrator", "Registry officer", "Safeguarding lead", "Editor"])
def test_administrators_alone_edit_the_standard(role, standard):
    client = staff(role)
    allowed = role == "Administrator"
    for name in ADMINISTRATORS:
        assert (client.get(reverse(name)).status_code == 200) is allowed, name
    item = standard.items.first()
    for address in (reverse("community_items:edit", args=[item.pk]), reverse("community_edition", args=[standard.pk])):
        assert (client.get(address).status_code == 200) is allowed, address
        assert (client.post(address, {"do": "current"}).status_code in {200, 302}) or not allowed
