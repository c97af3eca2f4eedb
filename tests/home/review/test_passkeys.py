"""A Young Advisor's passkeys: changed only by a session that has just shown who it is; the rest is in the browser tests."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.links.services import make_link
from tests.factories.accounts import holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return reverse("review_passkeys")


@pytest.fixture
def by_link(client, advisor):
    client.post(reverse("review_open_link", args=[make_link(email=advisor.email).token]))
    return client


def a_passkey(person, name="Old phone"):
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": name})


def test_a_fresh_link_may_add_one(by_link, page):
    text = by_link.get(page).text
    assert "You have none yet" in text
    assert "add_passkey" in text


def test_a_link_takes_a_lost_one_away(by_link, page, advisor):
    lost = a_passkey(advisor)
    by_link.post(page, {"act": "remove", "passkey": lost.pk})
    assert not Authenticator.objects.filter(user=advisor).exists()


def test_after_a_while_it_asks_again_and_changes_nothing(by_link, page, advisor):
    lost = a_passkey(advisor)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        text = by_link.get(page).text
        assert "sign in again" in text
        assert "add_passkey" not in text
        assert by_link.post(page, {"act": "remove", "passkey": lost.pk}).status_code == 403
        again = by_link.post(reverse("review_sign_out"), {"next": page})
    assert again.url == f"{reverse('review_sign_in')}?next=%2Freview%2Fpasskeys%2F"
    assert Authenticator.objects.filter(pk=lost.pk).exists()


def test_nobody_takes_away_anothers(by_link, page):
    others = a_passkey(holder_of("Young Advisor"))
    assert by_link.post(page, {"act": "remove", "passkey": others.pk}).status_code == 404
    assert by_link.post(page, {"act": "remove", "passkey": "x"}).status_code == 404


def test_a_wrong_credential_says_what_to_do(client, db):
    door = reverse("review_passkey_sign_in")
    answer = client.post(door, {"credential": "{}", "next": "https://elsewhere.example/"})
    assert answer.status_code == 422
    assert "let us send you a link" in answer.text
    assert "elsewhere.example" not in answer.text


def test_only_for_young_advisors(page):
    owner = Client()
    owner.force_login(holder_of("Subgroup member"))
    assert owner.get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_a_passkey_of_before_opens_no_admin(advisor):
    a_passkey(advisor)
    advisor.groups.add(Group.objects.get(name="Subgroup member"))
    assert Authenticator.objects.filter(user=advisor).exists()
    advisor.groups.add(Group.objects.get(name="Editor"))
    assert not Authenticator.objects.filter(user=advisor).exists()
    a_passkey(advisor, "After the password")
    advisor.groups.add(Group.objects.get(name="Publisher"))
    assert Authenticator.objects.filter(user=advisor).exists()


def test_a_link_of_another_room_lets_nobody_add_one(client, db):
    link = make_link(email="owner@example.org")
    client.post(reverse("community:open_link", args=[link.token]))
    assert client.session["_auth_user_id"]
    assert not client.session.get("account_authentication_methods")
