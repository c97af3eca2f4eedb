"""What is held about one person: all of it is shown when they ask, and goes when they ask for that."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models
from django.test import Client
from wagtail.models import ModelLogEntry

from community.directory.models import ListingReport
from community.moderation.models import Note, StateChange
from community.register.models import Invitation, Membership
from foundation.accounts.links.services import make_link
from foundation.accounts.models import User
from foundation.audit.models import Actor, Entry
from foundation.audit.services import record
from foundation.audit.verification import verify
from foundation.mail.models import OutgoingMessage
from foundation.personal.erasure import CannotErase, erase_person, reasons_against
from foundation.personal.export import export_person
from foundation.personal.holdings import address_fields, holdings_of, keys_to_people
from foundation.registries.personal import address_rules
from tests.factories.accounts import UserFactory, give_authenticator, holder_of, sign_in
from tests.factories.community import MembershipFactory, SettingFactory
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db
EMAIL = "marker.person@example.org"


@pytest.fixture
def owner():
    """An owner of a club with a colleague, who did this and that, and whose address stands here and there."""
    person = UserFactory(email=EMAIL, display_name="Marker Person")
    setting = SettingFactory(name="Invented Club")
    MembershipFactory(setting=setting, user=person)
    MembershipFactory(setting=setting, user=UserFactory())
    give_authenticator(person)
    sign_in(Client(), person)
    make_link(email=EMAIL)
    OutgoingMessage.objects.create(to=EMAIL, subject="Hello", text="Dear Marker Person")
    ListingReport.objects.create(setting=setting, topic="closed", reply_to=EMAIL.upper())
    record(action="test.happened", subject=person, note="they were late, said a colleague")
    ModelLogEntry.objects.log_action(person, "wagtail.edit", title="Marker Person")
    return person


def everywhere(words):
    """Every table that holds these words, whatever the column."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and model._meta.managed
            if is_text and model._default_manager.filter(**{f"{field.name}__icontains": words}).exists():
                found.add(model._meta.label)
    return found


def test_the_file_has_everything_that_is_held_about_them_and_no_secret(owner):
    with zipfile.ZipFile(io.BytesIO(export_person(email=EMAIL, person=owner))) as packed:
        whole = json.loads(packed.read("everything.json"))
        page = packed.read("everything.html").decode()
    tables = {each["table"] for each in whole["tables"]}
    assert everywhere("marker.person") - tables == set()
    assert {"community.Membership", "mfa.Authenticator", "sessions.Session", "audit.Entry"} <= tables
    for words in ("Marker Person", "Invented Club", "they were late, said a colleague", "What is not here"):
        assert words in page + json.dumps(whole)
    assert owner.password not in page + json.dumps(whole)
    assert owner.password.split("$")[-1] not in page
    assert Entry.objects.filter(action="accounts.data_exported").exists()


def test_nothing_of_them_is_left_when_they_are_erased_and_the_trail_still_verifies(owner):
    number = owner.pk
    assert everywhere("marker") != set()
    sessions = apps.get_model("sessions.Session").objects.count()

    done = erase_person(person=owner)

    assert everywhere("marker") == set()
    assert not done.account_stays
    assert not User.objects.filter(pk=number).exists()
    assert not Actor.objects.filter(user_id=number).exists()
    assert not Membership.objects.filter(user_id=number).exists()
    assert apps.get_model("sessions.Session").objects.count() == sessions - 1
    assert ListingReport.objects.get().reply_to == "", "what was wrong with a listing stays"
    assert verify().entries > 0
    assert "community.Membership 1" in Entry.objects.get(action="accounts.person_erased").facts["deleted"]


def test_an_officer_who_decided_is_erased_and_the_decision_stays_theirs_and_nobodys(owner):
    officer = holder_of("Registry officer", email="officer.marker@example.org", display_name="Officer Marker")
    setting = owner.setting_memberships.get().setting
    StateChange.objects.create(setting=setting, by=officer, from_state="draft", to_state="listed")
    Note.objects.create(setting=setting, by=officer, text="Called them.")

    done = erase_person(person=officer)

    assert done.account_stays
    emptied = StateChange.objects.get().by
    assert emptied.pk == officer.pk
    assert (emptied.first_name, emptied.last_name, emptied.display_name, emptied.is_active) == ("", "", "", False)
    assert emptied.email.endswith("@erased.invalid")
    assert not emptied.has_usable_password()
    assert not emptied.groups.exists()
    assert everywhere("officer marker") == everywhere("officer.marker") == set()
    verify()


def test_erasing_somebody_who_is_not_of_the_staff_alarms_nobody():
    holder_of("Administrator", email="other@example.org")
    erase_person(person=holder_of("Young Advisor"), by=holder_of("Administrator"))
    assert not OutgoingMessage.objects.exists()


def test_the_only_person_of_a_listing_is_not_erased_until_somebody_else_looks_after_it():
    person = MembershipFactory(setting=make_listing(name="Lonely Club")).user
    with pytest.raises(CannotErase, match="Nobody else looks after “Lonely Club”"):
        erase_person(person=person)
    assert User.objects.filter(pk=person.pk).exists()


def test_nobody_erases_themselves_the_last_administrator_or_a_superuser():
    administrator = holder_of("Administrator")
    assert "their own account" in reasons_against(person=administrator, by=administrator)[0]
    assert "Nobody else is an Administrator" in reasons_against(person=administrator)[0]
    root = UserFactory(is_superuser=True)
    assert "may do everything" in reasons_against(person=root, by=administrator)[0]


def test_somebody_without_an_account_can_be_shown_and_erased_too(tmp_path, capsys):
    setting = SettingFactory()
    Invitation.objects.create(setting=setting, email=EMAIL, token_hash="x", expires_at="2030-01-01T00:00Z")
    assert [each.label for each in holdings_of(email=EMAIL)] == ["community.Invitation"]
    call_command("export_person", EMAIL, str(tmp_path / "all.zip"))
    assert (tmp_path / "all.zip").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_person", EMAIL, str(tmp_path / "all.zip"))
    call_command("erase_person", EMAIL)
    assert "Nothing was changed" in capsys.readouterr().out
    assert Invitation.objects.exists()
    call_command("erase_person", EMAIL, "--yes")
    assert everywhere("marker") == set()


def test_every_field_that_may_hold_somebodys_address_has_a_rule():
    """A new one has none: say in `registries.personal` what an erasure does with it."""
    there = {f"{model._meta.label}.{field.name}" for model, field in address_fields()}
    assert there == {rule.field for rule in address_rules}


def test_every_key_that_points_to_a_person_can_be_looked_through(owner):
    for model, key in keys_to_people():
        assert model._default_manager.filter(**{key.name: owner}).count() >= 0


class TestTheScreen:
    def test_shows_what_is_held_and_gives_the_file(self, client, owner):
        sign_in(client, holder_of("Administrator"))
        assert "What is held, erasing" in client.get("/admin/users/").text
        page = client.get(f"/admin/people/{owner.pk}/data/")
        assert "Sign-in links" in page.text
        assert "What is held about Marker Person" in page.text
        assert "Safeguarding contact: whom to call about a child" in page.text
        assert "an office" not in page.text
        answer = client.post(f"/admin/people/{owner.pk}/data/", {"do": "export"})
        assert answer["Content-Type"] == "application/zip"
        assert "no-store" in answer["Cache-Control"]
        assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist() == ["everything.html", "everything.json"]

    def test_erases_only_who_was_typed(self, client, owner):
        sign_in(client, holder_of("Administrator"))
        answer = client.post(f"/admin/people/{owner.pk}/data/", {"do": "erase", "email": "somebody@example.org"})
        assert answer.status_code == 422
        assert "Nothing was erased" in answer.text
        assert "somebody@example.org" in answer.text, "what was typed is kept"
        assert User.objects.filter(pk=owner.pk).exists()
        answer = client.post(f"/admin/people/{owner.pk}/data/", {"do": "erase", "email": EMAIL.upper()}, follow=True)
        assert "Erased." in answer.text
        assert not User.objects.filter(pk=owner.pk).exists()
        assert Entry.objects.get(action="accounts.person_erased").actor

    def test_says_why_not_yet(self, client):
        sign_in(client, holder_of("Administrator"))
        person = MembershipFactory(setting=make_listing(name="Lonely Club")).user
        page = client.get(f"/admin/people/{person.pk}/data/").text
        assert "Nobody else looks after" in page
        assert 'name="email"' not in page

    @pytest.mark.parametrize("role", ["Editor", "Publisher", "Registry officer", "Safeguarding lead", "Survey manager"])
    def test_is_for_administrators_alone(self, client, owner, role):
        sign_in(client, holder_of(role))
        for answer in (
            client.get(f"/admin/people/{owner.pk}/data/"),
            client.post(f"/admin/people/{owner.pk}/data/", {"do": "export"}),
        ):
            assert answer.status_code == 403 or answer.url == "/admin/"


def test_drafts_of_a_young_advisor_that_nobody_else_has_seen_go_with_the_account(db):
    from home.review.models import Post
    from tests.factories.accounts import holder_of

    person = holder_of("Young Advisor", email="young@example.org")
    Post.objects.create(author=person, title="Canary draft", text="Only for me.")
    erase_person(person=person)
    assert not Post.objects.exists()
