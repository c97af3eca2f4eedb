"""After a refusal an owner can put the record back to what parents see, with one button."""

import pytest
from django.utils.html import escape

from community.models import Activity, ChangeRequest, Session, Setting, Venue
from community.moderation.services.submissions import conclude, decide_fields, open_changes
from community.moderation.states import Who
from community.register.document import build_document, changes_between
from community.register.services.sending import send_changes
from community.register.services.undoing import mark_of
from tests.factories.community import MembershipFactory, PersonFactory, PostcodeFactory, SettingFactory

from .conftest import AREA

pytestmark = pytest.mark.django_db


def refuse_all(setting, owner):
    send_changes(setting=setting, by=owner)
    officer = PersonFactory(email="officer@example.org")
    request = ChangeRequest.objects.get(setting=setting, status="waiting")
    verdicts = {change.path: ("refuse", "Please use plain words.") for change in open_changes(request)}
    request = decide_fields(request=request, verdicts=verdicts, by=officer, seen_version=request.version)
    conclude(request=request, by=officer, who=Who.OFFICER, seen_version=request.version)


def changes(setting):
    setting = Setting.objects.select_related("published").get(pk=setting.pk)
    return {change.path: change for change in changes_between(setting.published.document, build_document(setting))}


def press(client, setting, path, seen=None):
    change = changes(setting).get(path)
    seen = seen or (mark_of(change) if change else "x")
    return client.post(f"{AREA}{setting.pk}/undo/", {"path": path, "seen": seen}, follow=True)


def test_a_refused_text_goes_back_to_what_parents_see(client, listed, owner):
    before = listed.summary
    Setting.objects.filter(pk=listed.pk).update(summary="The BEST club in town!!!")
    refuse_all(Setting.objects.get(pk=listed.pk), owner)
    page = client.get(f"{AREA}{listed.pk}/").content.decode()
    assert "Undo this change" in page
    assert escape(before) in page
    page = press(client, listed, "summary").content.decode()
    assert "Undone" in page
    assert "What we could not publish" not in page
    listed.refresh_from_db()
    assert listed.summary == before
    assert changes(listed) == {}


def test_a_refused_new_activity_leaves_with_its_sessions(client, listed, owner):
    club = Activity.objects.create(setting=listed, name="Night club", age_min=8, age_max=12)
    Session.objects.create(activity=club, venue=listed.venues.get(), weekday=5, starts="18:00", ends="19:00")
    refuse_all(Setting.objects.get(pk=listed.pk), owner)
    press(client, listed, f"activities.{club.pk}")
    assert not Activity.objects.filter(pk=club.pk).exists()
    assert changes(listed) == {}


def test_a_refused_move_brings_the_old_place_back_whole(client, listed, owner):
    PostcodeFactory(code="NW1 1AA", easting=529_900, northing=183_100)
    venue = listed.venues.get()
    old = (venue.name, venue.address_lines, venue.postcode, venue.easting)
    Venue.objects.filter(pk=venue.pk).update(
        name="Other Hall", address_lines="9 Other Road", postcode="NW1 1AA", easting=529_900, northing=183_100
    )
    refuse_all(Setting.objects.get(pk=listed.pk), owner)
    press(client, listed, f"venues.{venue.pk}.postcode")
    venue.refresh_from_db()
    assert (venue.name, venue.address_lines, venue.postcode, venue.easting) == old
    assert changes(listed) == {}


def test_what_a_colleague_wrote_meanwhile_is_not_undone(client, listed, owner):
    Setting.objects.filter(pk=listed.pk).update(summary="The BEST club in town!!!")
    refuse_all(Setting.objects.get(pk=listed.pk), owner)
    seen = mark_of(changes(listed)["summary"])
    Setting.objects.filter(pk=listed.pk).update(summary="Chess for beginners on Wednesdays.")
    page = press(client, listed, "summary", seen).content.decode()
    assert "Somebody else changed this" in page
    listed.refresh_from_db()
    assert listed.summary == "Chess for beginners on Wednesdays."


def test_the_address_of_a_home_never_comes_into_public_by_undoing(client, listed, owner):
    venue = listed.venues.get()
    Venue.objects.filter(pk=venue.pk).update(kind="home", address_lines="7 Canary Home Street", name="Canary Home")
    refuse_all(Setting.objects.get(pk=listed.pk), owner)
    press(client, listed, f"venues.{venue.pk}.kind")
    venue.refresh_from_db()
    assert venue.kind == "public"
    assert "Canary" not in venue.address_lines + venue.name
    assert changes(listed) == {}


@pytest.mark.parametrize("path", ["size", "no.such", "activities.x.name", "terms_version", "name"])
def test_what_cannot_be_undone_says_so_and_changes_nothing(client, listed, path):
    before = build_document(listed)
    page = press(client, listed, path).content.decode()
    assert "Undone" not in page
    assert "govuk-notification-banner" in page or "message" in page
    assert build_document(Setting.objects.get(pk=listed.pk)) == before


def test_another_owners_setting_is_not_there(client, listed):
    other = SettingFactory(summary="Old")
    MembershipFactory(setting=other, user=PersonFactory())
    assert client.post(f"{AREA}{other.pk}/undo/", {"path": "summary", "seen": "x"}).status_code == 404
