"""What is written by itself: signing in, factors, roles, pages, settings."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Page, Site

from foundation.accounts.second_factor import CannotReset, reset
from foundation.audit.models import Actor, Entry, Note
from foundation.audit.verification import verify
from foundation.partnership.models import PartnershipSettings
from tests.factories.accounts import PASSWORD, UserFactory, code, give_authenticator, holder_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def actions():
    return list(Entry.objects.order_by("sequence").values_list("action", flat=True))


def test_signing_in_and_out_and_failing_to(client):
    person = holder_of("Editor")
    give_authenticator(person)
    before = len(actions())
    client.post(reverse("account_login"), {"login": person.email, "password": "wrong-password"})
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    client.post(reverse("account_logout"))
    assert actions()[before:] == [
        "accounts.sign_in_failed",
        "accounts.second_factor_failed",
        "accounts.signed_in",
        "accounts.signed_out",
    ]
    assert Entry.objects.get(action="accounts.signed_in").facts == {"second_factor": True}
    assert person.email not in str(list(Entry.objects.values()))


def test_roles_given_and_taken_are_written_with_who_did_it(client):
    boss, person = holder_of("Administrator"), holder_of("Editor")
    sign_in(client, boss)
    publisher = holder_of("Publisher").groups.get()
    response = client.post(
        reverse("wagtailusers_users:edit", args=[person.pk]),
        {
            "email": person.email,
            "display_name": "P",
            "first_name": "",
            "last_name": "",
            "is_active": "on",
            "groups": [publisher.pk],
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    given = Entry.objects.filter(action="accounts.role_given").first()
    taken = Entry.objects.filter(action="accounts.role_taken").first()
    assert (given.facts, taken.facts) == ({"roles": ["Publisher"]}, {"roles": ["Editor"]})
    assert Actor.objects.get(pk=given.actor).user == boss
    assert given.subject == f"person:{Actor.objects.get(user=person).pk}"


def test_publishing_and_unpublishing(client):
    page = Page.objects.get(depth=2)
    page.save_revision().publish()
    page.unpublish()
    assert actions()[-2:] == ["pages.published", "pages.unpublished"]


def test_a_changed_setting():
    row = PartnershipSettings.for_site(Site.objects.get())
    assert "settings.changed" not in actions()
    row.name = "Another name"
    row.save()
    assert actions()[-1] == "settings.changed"


def test_an_account_that_is_closed_or_raised():
    person = UserFactory()
    person.is_superuser = True
    person.save()
    person.save()
    assert [entry.facts["changed"] for entry in Entry.objects.filter(action="accounts.changed")] == [["is_superuser"]]


def test_a_colleagues_factor_is_reset_with_a_reason(client, mailoutbox, django_capture_on_commit_callbacks):
    boss, person = holder_of("Administrator"), holder_of("Editor")
    give_authenticator(person)
    sign_in(client, boss)
    url = reverse("reset_second_factor", args=[person.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, {"reason": "Lost phone, seen in person"}).status_code == 302
    assert not person.authenticator_set.exists()
    # A stolen password must not be enough to enrol a factor of one's own.
    person.refresh_from_db()
    assert not person.has_usable_password()
    # What was done, and the link to choose a new password.
    assert [message.to for message in mailoutbox] == [[person.email]] * 2
    assert "/accounts/password/reset/key/" in mailoutbox[1].body
    entry = Entry.objects.get(action="accounts.second_factor_reset")
    assert Note.objects.get(pk=entry.pk).text == "Lost phone, seen in person"
    assert client.post(reverse("reset_second_factor", args=[boss.pk]), {"reason": "me"}).status_code == 200
    with pytest.raises(CannotReset):
        reset(person=boss, by=boss, reason="me")
    with pytest.raises(CannotReset):
        reset(person=UserFactory(is_superuser=True), by=boss, reason="no")


def test_the_report_shows_names_and_is_for_administrators(client):
    boss = holder_of("Administrator", display_name="The boss")
    sign_in(client, boss)
    page = client.get(reverse("audit_report"))
    assert "The boss" in page.text
    assert "accounts.signed_in" in page.text
    sign_in(client, holder_of("Publisher"))
    assert client.get(reverse("audit_report")).status_code in (302, 403)
    assert verify().entries
