"""How long a session lives."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.second_factor import end_sessions
from tests.factories.accounts import PASSWORD, give_authenticator, holder_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    person = holder_of("Editor")
    give_authenticator(person)
    return person


def is_in(client):
    return client.get("/admin/account/").status_code == 200


def test_a_session_ends_after_half_an_hour_of_nothing(client, editor):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, editor)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_a_session_ends_after_eight_hours_however_busy(client, editor):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, editor)
        for _ in range(8 * 60 // 25):
            clock.shift(timedelta(minutes=25))
            assert is_in(client)
        clock.shift(timedelta(minutes=10))
        assert not is_in(client)


def test_an_editor_left_open_does_not_keep_the_session_alive(client, editor):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, editor)
        for _ in range(4):
            clock.shift(timedelta(minutes=10))
            client.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
        assert not is_in(client)


def test_changing_the_password_ends_the_other_sessions(client, editor):
    other = Client()
    sign_in(other, editor)
    sign_in(client, editor)
    assert is_in(other)
    new = "a-new-long-password-7"
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response.status_code == 302
    assert not is_in(other)
    assert is_in(client)


def test_signing_out_everywhere_ends_every_session(client, editor):
    other = Client()
    sign_in(other, editor)
    sign_in(client, editor)
    assert client.post(reverse("accounts_sign_out_everywhere")).url == reverse("account_login")
    assert not is_in(other)
    assert not is_in(client)


def test_ending_sessions_does_not_shut_out_the_next_one(client, editor):
    end_sessions(person=editor)
    sign_in(client, editor)
    assert is_in(client)


def test_the_session_has_no_cookie_on_public_pages(client):
    assert not client.get("/health/live").cookies
    assert not client.get("/").cookies
