"""A colleague whose address or password somebody changes hears of it where they were reached until then, and is
signed out."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.accounts.second_factor import reset
from tests.factories.accounts import PASSWORD, give_authenticator, holder_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def colleague() -> User:
    person = holder_of("Editor", email="before@example.org")
    give_authenticator(person)
    return person


@pytest.fixture
def admin_client(client: Client) -> Client:
    return sign_in(client, holder_of("Administrator"))


def edit(client: Client, person: User, **changes: object):
    fields = {
        "email": person.email,
        "display_name": person.display_name,
        "is_active": "on",
        "groups": [group.pk for group in person.groups.all()],
        **changes,
    }
    return client.post(reverse("wagtailusers_users:edit", args=[person.pk]), fields)


def is_in(client: Client) -> bool:
    return client.get("/admin/account/").status_code == 200


def test_a_changed_address_is_told_to_the_old_one_and_ends_every_session(admin_client, colleague, mailoutbox):
    theirs = sign_in(Client(), colleague)
    assert is_in(theirs)
    assert edit(admin_client, colleague, email="after@example.org").status_code == 302
    assert not is_in(theirs)
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert set(told) == {"before@example.org", "after@example.org"}
    assert "changed the e-mail address" in told["before@example.org"]
    assert "after@example.org" not in told["before@example.org"]


def test_the_old_address_gets_no_more_links_to_a_new_password(admin_client, colleague, client, mailoutbox):
    EmailAddress.objects.create(user=colleague, email="before@example.org", verified=True, primary=True)
    edit(admin_client, colleague, email="after@example.org")
    mailoutbox.clear()
    Client().post(reverse("account_reset_password"), {"email": "before@example.org"})
    assert mailoutbox == []
    Client().post(reverse("account_reset_password"), {"email": "after@example.org"})
    assert [mail.to for mail in mailoutbox] == [["after@example.org"]]


def test_a_link_asked_for_before_the_change_chooses_no_password_after_it(admin_client, colleague, mailoutbox):
    Client().post(reverse("account_reset_password"), {"email": colleague.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    edit(admin_client, colleague, email="after@example.org")
    assert 'name="password1"' not in Client().get(link, follow=True).text


def test_another_name_ends_nothing_and_is_told_to_nobody(admin_client, colleague, mailoutbox):
    theirs = sign_in(Client(), colleague)
    edit(admin_client, colleague, display_name="Another")
    assert is_in(theirs)
    assert mailoutbox == []


def test_an_account_closed_and_opened_again_does_not_revive_a_session(admin_client, colleague):
    theirs = sign_in(Client(), colleague)
    edit(admin_client, colleague, is_active="")
    edit(admin_client, colleague)
    colleague.refresh_from_db()
    assert colleague.is_active
    assert not is_in(theirs)


def test_a_password_set_by_somebody_else_is_told_and_ends_every_session(colleague, mailoutbox):
    theirs = sign_in(Client(), colleague)
    person = User.objects.get(pk=colleague.pk)
    person.set_password("another-long-password-5")
    person.save()
    assert not is_in(theirs)
    assert [(mail.to, "was changed by an administrator" in mail.body) for mail in mailoutbox] == [
        (["before@example.org"], True)
    ]


def test_somebody_who_changes_their_own_password_hears_of_it_once(colleague, client, mailoutbox):
    sign_in(client, colleague)
    new = "a-new-long-password-7"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [mail.to for mail in mailoutbox] == [["before@example.org"]]
    assert "administrator" not in mailoutbox[0].body


def test_a_reset_second_step_is_told_and_ends_every_session(colleague, mailoutbox):
    theirs = sign_in(Client(), colleague)
    reset(person=colleague, by=holder_of("Administrator"), reason="Lost phone; I saw them.")
    assert not is_in(theirs)
    assert [mail.to for mail in mailoutbox] == [["before@example.org"]]
    assert "second step" in mailoutbox[0].body
    assert "Lost phone" not in mailoutbox[0].body


def test_an_administrator_does_not_move_their_own_door_to_another_mailbox(client):
    administrator = holder_of("Administrator", email="office@example.org")
    edit(sign_in(client, administrator), administrator, email="attacker@example.net")
    administrator.refresh_from_db()
    assert administrator.email == "office@example.org"


def test_the_mail_about_an_account_survives_a_mail_server_that_is_away(colleague, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    response = client.post(reverse("account_reset_password"), {"email": colleague.email})
    assert response.status_code == 302
