"""The admin's screens about people: nobody raises themselves, nobody touches a superuser, nothing goes unwritten."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.audit.models import Entry
from tests.factories.accounts import UserFactory, holder_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return holder_of("Administrator")


@pytest.fixture
def admin_client(client: Client, administrator: User) -> Client:
    return sign_in(client, administrator)


def in_bulk(client: Client, action: str, *people: User, **fields: object):
    ids = "&".join(f"id={person.pk}" for person in people)
    return client.post(f"/admin/bulk/accounts/user/{action}/?{ids}&next=/admin/users/", fields)


def test_nobody_gives_themselves_a_role_in_bulk(admin_client: Client, administrator: User):
    lead = Group.objects.get(name="Safeguarding lead")
    colleague = UserFactory()
    in_bulk(admin_client, "assign_role", administrator, colleague, role=lead.pk)
    assert lead not in administrator.groups.all()


def test_a_superuser_is_not_closed_in_bulk(admin_client: Client):
    superuser = UserFactory(is_superuser=True)
    in_bulk(admin_client, "set_active_state", superuser, mark_as_active="False")
    superuser.refresh_from_db()
    assert superuser.is_active


def test_an_account_closed_in_bulk_stands_in_the_trail(admin_client: Client):
    colleague = UserFactory()
    in_bulk(admin_client, "set_active_state", colleague, mark_as_active="False")
    colleague.refresh_from_db()
    if not colleague.is_active:
        assert Entry.objects.filter(action="accounts.changed").exists()


@pytest.mark.parametrize("action", ["assign_role", "set_active_state", "delete"])
def test_people_are_changed_one_by_one(admin_client: Client, action: str):
    assert in_bulk(admin_client, action, UserFactory()).status_code == 404


def test_the_list_of_people_offers_nothing_in_bulk(admin_client: Client):
    text = admin_client.get(reverse("wagtailusers_users:index")).text
    assert "/admin/bulk/" not in text


def test_nobody_changes_the_address_they_sign_in_with(client: Client):
    """It would let a session left open turn into an account taken over, by way of a new password."""
    editor = holder_of("Editor")
    sign_in(client, editor)
    was = editor.email
    client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "A", "name_email-last_name": "B", "name_email-email": "attacker@example.net",
            "locale-preferred_language": "", "locale-current_time_zone": "", "theme-theme": "system",
            "theme-density": "default", "theme-contrast": "system", "notifications-submitted_notifications": "",
        },
    )  # fmt: skip
    editor.refresh_from_db()
    assert editor.email == was


@pytest.mark.parametrize(
    ("name", "words"), [("", "needs a first name or nickname"), ("sam@example.org", "not an e-mail address")]
)
def test_a_young_advisor_has_a_name_that_is_no_address(admin_client: Client, name: str, words: str):
    holder_of("Young Advisor")
    group = Group.objects.get(name="Young Advisor")
    given = {"email": "sam@example.org", "display_name": name, "groups": [group.pk]}
    answer = admin_client.post(reverse("wagtailusers_users:add"), given)
    assert words in answer.text
    assert not User.objects.filter(email="sam@example.org").exists()


def test_a_young_advisor_is_told_where_to_sign_in_and_gets_no_password(admin_client: Client, monkeypatch):
    written = []
    monkeypatch.setattr("home.review.services.mails.queue_mail", lambda **mail: written.append(mail))
    monkeypatch.setattr("foundation.accounts.adapters.queue_mail", lambda **mail: pytest.fail("a link for a password"))
    holder_of("Young Advisor")
    group = Group.objects.get(name="Young Advisor")
    given = {"email": "sam@example.org", "display_name": "Sam", "groups": [group.pk]}
    admin_client.post(reverse("wagtailusers_users:add"), given)
    ((mail),) = written
    assert mail["to"] == "sam@example.org"
    assert "/review/" in mail["text"]
    assert "“Sam”" in mail["text"]
