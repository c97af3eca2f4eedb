"""When an item is worded anew: first a count, then every page says the new words, and nothing else of it changes."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from community.models import ChecklistItem, EvidenceCheck, Setting, Snapshot
from community.moderation.services.publishing import republish
from community.quality.services.republishing import republish_wording
from foundation.audit.models import Entry
from tests.community.quality.conftest import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def reworded(setting, standard):
    """A page that says the old words of A1."""
    item = standard.items.get(code="A1")
    EvidenceCheck.objects.create(
        setting=setting, item=item, level="seen", checked_on=date(2026, 9, 1), expires_on=date(2030, 1, 1)
    )
    republish(setting=setting, by=None)
    ChecklistItem.objects.filter(pk=item.pk).update(public_statement="Says A1 in new words")
    return Setting.objects.get(pk=setting.pk)


def public(setting):
    return Setting.objects.select_related("published").get(pk=setting.pk).published.document


def test_a_dry_run_counts_and_changes_nothing(reworded, capsys):
    snapshots = Snapshot.objects.count()
    call_command("republish_wording")
    said = capsys.readouterr().out
    assert "Would be published anew (nothing changed): 1 of 1 pages." in said
    assert "A1: 1" in said
    assert Snapshot.objects.count() == snapshots
    assert public(reworded)["statements"]["A1"][0]["text"] == "Says A1"


def test_publishing_takes_the_words_alone_and_leaves_a_trail(reworded):
    before = public(reworded)
    assert republish_wording(is_dry_run=False).pages == 1
    after = public(reworded)
    assert after["statements"]["A1"] == [
        {"text": "Says A1 in new words", "level": "seen", "checked_on": "2026-09-01", "expires_on": "2030-01-01"}
    ]
    assert {**after, "statements": 0} == {**before, "statements": 0}
    assert Entry.objects.filter(action="community.republish_wording").count() == 1
    assert republish_wording(is_dry_run=False).pages == 0


def test_what_the_owner_changed_but_nobody_reviewed_stays_unpublished(reworded):
    Setting.objects.filter(pk=reworded.pk).update(summary="Canary unreviewed words")
    republish_wording(is_dry_run=False)
    assert "Canary" not in str(public(reworded))


def test_an_administrator_looks_first_and_then_publishes(reworded, standard, django_capture_on_commit_callbacks):
    client = staff("Administrator")
    address = reverse("community_edition", args=[standard.pk])
    assert "Publish 1 pages anew" not in client.get(address).content.decode()
    page = client.get(f"{address}?show=rewording").content.decode()
    assert "1 of 1 pages say other words:" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"do": "republish"})
    assert public(reworded)["statements"]["A1"][0]["text"] == "Says A1 in new words"
    assert Snapshot.objects.order_by("pk").last().published_by == client.person
