"""The demonstration's settings: every state and kind, all wards, history and trail, nothing twice, no mail, demo mode only."""

import re
from pathlib import Path

import pytest
import yaml
from django.core import mail
from django.core.management import CommandError, call_command

from community.demo.lists import FILE as LISTS
from community.demo.lists import load_lists
from community.demo.loading import FILE, load_demo_settings
from community.demo.many import make_many
from community.models import ConcernFlag, Lead, ListEntry, Listing, ListingReport, Setting, StateChange
from community.register.document import build_document
from community.register.enums import SettingState, SettingType
from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMessage

ENTRIES = yaml.safe_load(FILE.read_text())
WARDS = yaml.safe_load((Path(__file__).parents[2] / "home/content/camden/wards.yaml").read_text())


def test_the_file_has_fifty_settings_of_every_kind_in_every_state_and_ward():
    assert len(ENTRIES) == len({entry["name"] for entry in ENTRIES}) == 50
    assert {kind for entry in ENTRIES for kind in entry["types"]} == set(SettingType.values)
    assert {entry["ward"] for entry in ENTRIES if entry["ward"]} == set(WARDS)
    # "proposed" is a review on which the first of two people has had their word.
    assert {entry.get("state", "listed") for entry in ENTRIES} - {"proposed"} == set(SettingState.values)


def test_every_code_of_the_file_is_on_a_list():
    lists = {kind: {entry[0] for entry in entries} for kind, entries in yaml.safe_load(LISTS.read_text()).items()}
    for entry in ENTRIES:
        assert {entry["what"]} <= lists["category"] if "what" in entry else entry["state"] == "known"
        assert set(entry.get("languages", [])) <= lists["language"], entry["name"]
        assert set(entry.get("send", [])) <= lists["send"], entry["name"]
        assert set(entry.get("access", [])) <= lists["access"], entry["name"]


@pytest.mark.django_db(transaction=True)
def test_loading_tells_the_whole_story_once(settings):
    settings.DEMO_MODE = True
    call_command("load_demo_settings", verbosity=0)
    assert load_demo_settings() == 0
    assert Setting.objects.count() == 50
    assert set(Setting.objects.values_list("state", flat=True)) == set(SettingState.values)
    assert Listing.objects.count() == Setting.objects.filter(state="listed").count() == 31
    for setting in Setting.objects.filter(state="listed"):
        assert StateChange.objects.filter(setting=setting, act="list").exists()
        first, second = (
            Entry.objects.filter(subject__contains=str(setting.pk), action=action).latest("sequence").actor
            for action in ("community.propose_list", "community.list")
        )
        assert first != second
    assert (ConcernFlag.objects.count(), ListingReport.objects.count(), Lead.objects.count()) == (1, 2, 2)
    assert not mail.outbox
    assert not OutgoingMessage.objects.exists()
    homes = [each.document for each in Listing.objects.all() if "home" in str(each.document["venues"])]
    assert homes
    assert not any(re.search(r"Invented Street", str(document["venues"])) for document in homes)


@pytest.mark.django_db
def test_a_real_site_gets_no_invented_settings(settings):
    settings.DEMO_MODE = False
    assert load_demo_settings() == 0
    assert not Setting.objects.exists()
    for command in (["load_demo_settings"], ["make_settings", "3"]):
        with pytest.raises(CommandError):
            call_command(*command)


@pytest.mark.django_db
def test_settings_made_in_bulk_have_the_document_that_the_register_would_build():
    assert make_many(number=12, seed=3) == 12
    for setting in Setting.objects.select_related("published"):
        made = setting.published.document
        assert {key: made[key] for key in build_document(setting)} == build_document(setting)


@pytest.mark.django_db
def test_every_entry_of_the_lists_closes_the_brackets_that_it_opens():
    """A comma in a label without quotes would cut it in two: "Persian (Farsi"."""
    load_lists()
    labels = list(ListEntry.objects.values_list("label", flat=True))
    assert "Persian (Farsi, Dari)" in labels
    assert [label for label in labels if label.count("(") != label.count(")")] == []
