"""Somebody sees where they are signed in, and ends what is not them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.second_factor import end_sessions
from foundation.audit.models import Entry
from tests.factories.accounts import PASSWORD, give_authenticator, holder_of, sign_in

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 3, 4, 12, 0))


@pytest.fixture
def editor():
    person = holder_of("Editor")
    give_authenticator(person)
    return person


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def page(client):
    return client.get(reverse("accounts_sessions")).text


def is_in(client):
    return client.get("/admin/account/").status_code == 200


def end(client, **which):
    return client.post(reverse("accounts_sessions"), which, follow=True)


def mark_of(client):
    (mark,) = client.get(reverse("accounts_sessions")).context["sessions"][1:]
    return mark.mark


def test_the_list_says_when_and_how_and_names_no_key(clock, editor):
    other, this = sign_in(Client(), editor), Client()
    clock.shift(timedelta(minutes=20))
    text = page(sign_in(this, editor))
    assert "Here, now" in text
    assert "Since Wednesday 4 March, 12:00" in text
    assert "Signed in on Wednesday 4 March, 12:20" in text
    assert "password, authenticator app" in text
    for client in (other, this):
        assert client.session.session_key not in text


def test_what_is_over_or_of_a_colleague_is_not_on_it(clock, editor):
    sign_in(Client(), holder_of("Publisher"))
    sign_in(Client(), editor)
    clock.shift(timedelta(minutes=31))
    this = sign_in(Client(), editor)
    assert "You are signed in nowhere else." in page(this)
    sign_in(Client(), editor)
    assert "End all the others" in page(this)
    clock.shift(timedelta(seconds=1))
    end_sessions(person=editor)
    clock.shift(timedelta(seconds=1))
    assert "You are signed in nowhere else." in page(sign_in(Client(), editor))


def test_one_is_ended_and_the_rest_stay(clock, editor):
    first = sign_in(Client(), editor)
    clock.shift(timedelta(minutes=1))
    this = sign_in(Client(), editor)
    mark = mark_of(this)
    clock.shift(timedelta(minutes=1))
    third = sign_in(Client(), editor)
    assert "That session is ended." in end(this, session=mark).text
    assert not is_in(first)
    assert is_in(this)
    assert is_in(third)
    assert Entry.objects.get(action="accounts.sessions_ended").facts == {"sessions": 1}


def test_all_others_are_ended_and_a_colleagues_are_not(clock, editor):
    colleague = holder_of("Publisher")
    give_authenticator(colleague)
    theirs = sign_in(Client(), colleague)
    others = [sign_in(Client(), editor) for _ in range(2)]
    this = sign_in(Client(), editor)
    end(this)
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(this)
    assert is_in(theirs)


def test_nobody_ends_the_session_of_another_by_its_mark(clock, editor):
    first = sign_in(Client(), editor)
    clock.shift(timedelta(minutes=1))
    mark = mark_of(sign_in(Client(), editor))
    colleague = holder_of("Publisher")
    give_authenticator(colleague)
    hers = sign_in(Client(), colleague)
    end(hers, session=mark)
    assert is_in(first)


def test_whoever_finds_a_screen_open_must_know_the_password_to_end_the_others(clock, editor):
    other, this = sign_in(Client(), editor), sign_in(Client(), editor)
    clock.shift(timedelta(minutes=6))
    answer = this.post(reverse("accounts_sessions"))
    assert answer.status_code == 302
    assert "/reauthenticate/" in answer.url
    assert is_in(other)
    # What was pressed goes on by itself once they have shown who they are.
    this.post(answer.url, {"password": PASSWORD, "next": reverse("accounts_sessions")})
    assert not is_in(other)


def test_a_session_that_owes_its_second_step_sees_no_list(clock, editor):
    half = sign_in(Client(), editor, second_factor=False)
    assert half.get(reverse("accounts_sessions")).status_code == 302
    assert Client().get(reverse("accounts_sessions")).url.startswith(reverse("account_login"))


def test_one_under_an_old_password_is_no_open_session(clock, editor):
    sign_in(Client(), editor)
    editor.set_password("purple-frogs-over-the-canal")
    editor.save()
    this = sign_in(Client(), editor)
    assert Session.objects.count() == 2
    assert "You are signed in nowhere else." in page(this)
