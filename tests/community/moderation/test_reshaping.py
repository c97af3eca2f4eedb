"""When the public document gets another shape: what is in public takes it, once, and nothing comes back by it."""

from io import StringIO

import pytest
from django.core.management import call_command

from community.clocks.services import run_clocks
from community.models import Setting, Snapshot
from community.moderation.services.publishing import republish
from community.moderation.services.reshaping import of_older_shape, republish_older_shapes
from community.moderation.services.steps import take_step
from community.moderation.states import Act, Who
from community.register import document, shapes
from community.register.enums import SettingState
from community.register.selectors.changes import changes_of
from foundation.audit.models import Entry
from tests.factories.community import MembershipFactory
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listing():
    setting = make_listing(name="Kite Club", summary="Kites for all.")
    republish(setting=setting, by=None)
    return setting


@pytest.fixture
def _new_shape(listing, monkeypatch):
    """The next shape says how parents get there; nobody has said anything yet."""
    build = document.build_document
    monkeypatch.setattr(document, "DOCUMENT_VERSION", 2)
    monkeypatch.setitem(shapes.STEPS, 1, lambda old: {**old, "arriving": ""})
    for place in ("community.register.selectors.changes", "community.moderation.services.submissions"):
        monkeypatch.setattr(f"{place}.build_document", lambda setting: {**build(setting), "arriving": ""})
    monkeypatch.setattr(document, "OWNER_PARTS", (*document.OWNER_PARTS, "arriving"))


def public(setting):
    return Setting.objects.select_related("published").get(pk=setting.pk).published.document


def test_every_shape_leads_to_todays():
    for version in range(shapes.FIRST, document.DOCUMENT_VERSION):
        assert version in shapes.STEPS
    assert shapes.in_todays_shape({"name": "Old"})["name"] == "Old"


@pytest.mark.usefixtures("_new_shape")
def test_a_page_in_public_takes_the_new_shape_once_and_says_nothing_else(listing):
    before = public(listing)
    assert republish_older_shapes() == 1
    assert public(listing) == {**before, "version": 2, "arriving": ""}
    snapshots = Snapshot.objects.count()
    assert republish_older_shapes() == run_clocks().reshaped == 0
    assert Snapshot.objects.count() == snapshots
    entry = Entry.objects.get(action="community.republish_shape")
    assert entry.facts == {"pages": 1, "version": 2}


@pytest.mark.usefixtures("_new_shape")
def test_a_new_field_is_no_change_of_the_owners_and_unreviewed_words_stay_inside(listing):
    Setting.objects.filter(pk=listing.pk).update(summary="Canary unreviewed words")
    republish_older_shapes()
    assert "Canary" not in str(public(listing))
    fresh = Setting.objects.select_related("published").get(pk=listing.pk)
    assert [change.path for change in changes_of(fresh).unsent] == ["summary"]


@pytest.mark.parametrize("state", [state for state in SettingState if state != SettingState.LISTED])
@pytest.mark.usefixtures("_new_shape")
def test_what_is_not_in_public_is_neither_touched_nor_lifted(listing, state):
    Setting.objects.filter(pk=listing.pk).update(state=state)
    before = public(listing)
    assert republish_older_shapes() == 0
    assert public(listing) == before
    assert Setting.objects.get(pk=listing.pk).state == state


@pytest.mark.usefixtures("_new_shape")
def test_a_page_that_comes_back_comes_back_in_the_new_shape(listing):
    owner = MembershipFactory(setting=listing).user
    Setting.objects.filter(pk=listing.pk).update(state=SettingState.HIDDEN)
    take_step(setting=listing, act=Act.SHOW, by=owner, who=Who.OWNER)
    assert public(listing)["version"] == 2


@pytest.mark.usefixtures("_new_shape")
def test_a_page_taken_down_meanwhile_stays_down(listing, monkeypatch):
    found = of_older_shape()
    Setting.objects.filter(pk=listing.pk).update(state=SettingState.SUSPENDED)
    monkeypatch.setattr("community.moderation.services.reshaping.of_older_shape", lambda: found)
    before = public(listing)
    assert republish_older_shapes() == 0
    assert public(listing) == before


@pytest.mark.usefixtures("_new_shape")
def test_the_command_counts_first_and_says_what_it_did(listing):
    said = StringIO()
    call_command("republish_shape", "--dry-run", stdout=said)
    assert "1 pages have an older shape. Nothing changed." in said.getvalue()
    assert public(listing)["version"] == 1
    call_command("republish_shape", stdout=said)
    assert "1 pages published anew." in said.getvalue()
