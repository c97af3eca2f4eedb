"""The index holds what the snapshot says, for as long as the setting is on the register."""

from datetime import date, time

import pytest
from django.core.management import call_command

from community.directory.indexing import forget_unused_words, index_setting, rebuild
from community.models import DirectoryWord, Listing, ListingFacet, ListingSlot, ListingWord, Setting
from community.moderation.services.publishing import publish
from community.moderation.services.steps import take_step
from community.moderation.states import Act, Who
from community.register.document import build_document
from tests.factories.community import MembershipFactory, PersonFactory
from tests.factories.listings import make_listing, publish_as

pytestmark = pytest.mark.django_db


def facets(setting: Setting) -> set[tuple[str, str]]:
    return set(ListingFacet.objects.filter(listing=setting.pk).values_list("facet", "value"))


def test_a_listing_is_drawn_from_the_snapshot_not_from_the_working_record():
    setting = make_listing(name="Kite Club", summary="Kites for all.")
    setting.summary = "Not yet decided on."
    setting.save()
    index_setting(setting_id=setting.pk)
    listing = Listing.objects.get(pk=setting.pk)
    assert listing.document["summary"] == "Kites for all."
    assert "decided" not in listing.words


def test_facets_and_sessions_come_from_the_document():
    setting = make_listing(
        languages=["en", "bn"],
        send_tags=["autism"],
        venue={"access_tags": ["step-free"]},
        activity={
            "age_min": 8,
            "age_max": 12,
            "cost_type": "free",
            "parents_can_stay": True,
            "concessions": "Half price",
        },
        awards=[{"scheme": "nrcse", "name": "Mark", "expires_on": "2027-01-01"}],
    )
    assert facets(setting) >= {
        ("language", "bn"), ("send", "autism"), ("access", "step-free"), ("cost", "free"), ("cost", "reductions"),
        ("stay", "yes"), ("type", "sport"), ("award", "nrcse@2027-01-01"),
    }  # fmt: skip
    slot = ListingSlot.objects.get(listing=setting.pk)
    assert (slot.weekday, slot.starts, slot.age_min, slot.age_max, slot.is_free) == (2, time(16), 8, 12, True)
    assert (slot.outward, slot.easting, slot.northing) == ("NW5", 529_011, 185_022)


def test_of_a_home_only_the_district_is_in_the_index(postcodes):
    setting = make_listing(name="Home Tuition", kind="home", venue={"name": "Flat 3 Canary House"})
    slot = ListingSlot.objects.get(listing=setting.pk)
    assert (slot.outward, slot.easting, slot.northing, slot.ward) == ("NW5", 529_000, 185_000, "")
    listing = Listing.objects.get(pk=setting.pk)
    assert "canary" not in listing.words
    assert "1AA" not in str(listing.document)


def test_single_dates_are_found_under_their_days_until_the_last():
    setting = make_listing(session={"weekday": None, "dates": ["2026-12-05", "2026-12-12", "2026-12-14"]})
    slots = ListingSlot.objects.filter(listing=setting.pk).order_by("weekday")
    assert [slot.weekday for slot in slots] == [0, 5]
    assert {slot.valid_to for slot in slots} == {date(2026, 12, 14)}


@pytest.mark.django_db(transaction=True)
def test_publishing_and_every_step_out_draw_the_index_at_once():
    setting = make_listing(name="Kite Club")
    owner, officer = MembershipFactory(setting=setting).user, PersonFactory()
    setting.name = "Box Kite Club"
    setting.save()
    publish(setting=setting, document=build_document(setting), by=officer)
    assert Listing.objects.get(pk=setting.pk).name == "Box Kite Club"
    take_step(setting=setting, act=Act.HIDE, by=owner, who=Who.OWNER)
    assert not Listing.objects.filter(pk=setting.pk).exists()
    take_step(setting=setting, act=Act.SHOW, by=owner, who=Who.OWNER)
    assert Listing.objects.filter(pk=setting.pk).exists()
    take_step(setting=setting, act=Act.SUSPEND, by=officer, who=Who.OFFICER, reason="Being looked at.")
    assert not Listing.objects.filter(pk=setting.pk).exists()
    assert not ListingWord.objects.filter(listing=setting.pk).exists()


def test_a_listing_whose_index_was_not_drawn_anew_is_not_public():
    setting = make_listing()
    Setting.objects.filter(pk=setting.pk).update(state="suspended")
    assert Listing.objects.filter(pk=setting.pk).exists()
    assert not Listing.objects.public().exists()


def test_rebuilding_draws_the_same_and_forgets_what_is_gone(capsys):
    kept, gone = make_listing(name="Kite Club"), make_listing(name="Gone Club")
    before = (facets(kept), ListingWord.objects.filter(listing=kept.pk).count())
    Setting.objects.filter(pk=gone.pk).update(state="lapsed")
    call_command("rebuild_directory")
    assert capsys.readouterr().out == "1 listings.\n"
    assert (facets(kept), ListingWord.objects.filter(listing=kept.pk).count()) == before
    assert not DirectoryWord.objects.filter(word="gone").exists()
    assert rebuild() == 1


def test_a_document_of_an_older_shape_is_drawn_too():
    setting = make_listing()
    document = {key: value for key, value in build_document(setting).items() if key not in {"send", "notice", "roles"}}
    publish_as(setting, extra=None)
    from community.models import Snapshot

    setting.published = Snapshot.objects.create(setting=setting, document=document)
    setting.save()
    assert index_setting(setting_id=setting.pk)


def test_words_that_no_listing_has_any_more_are_forgotten():
    setting = make_listing(name="Kite Club")
    Setting.objects.filter(pk=setting.pk).update(state="hidden")
    index_setting(setting_id=setting.pk)
    DirectoryWord.objects.create(word="koran")
    assert forget_unused_words() > 0
    left = set(DirectoryWord.objects.values_list("word", flat=True))
    assert "kite" not in left
    assert "koran" in left  # it means the same as a word that a listing may have tomorrow
