"""Coming in by a link: the same answer for everybody, one use, no way past the staff door."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import User

from .conftest import AREA, link_in_mail, mails

pytestmark = pytest.mark.django_db
DOOR = f"{AREA}sign-in/"


def ask(client: Client, email: str, **more: str):
    page = client.get(DOOR)
    token = page.context["form"].initial["token"]
    return client.post(DOOR, {"email": email, "token": token, **more})


def test_the_door_sets_no_cookie_and_is_kept_nowhere():
    response = Client().get(DOOR)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_known_and_unknown_addresses_get_the_same_answer():
    User.objects.create_user(email="known@example.org")
    known, unknown = ask(Client(), "known@example.org"), ask(Client(), "unknown@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"]) == (303, f"{DOOR}sent/")
    assert [message.to for message in mails()] == ["known@example.org", "unknown@example.org"]
    assert User.objects.count() == 1


def test_a_link_works_on_another_device_and_makes_the_account():
    ask(Client(), "new@example.org")
    phone = Client()
    path = link_in_mail()
    assert b"Sign in" in phone.get(path).content
    response = phone.post(path)
    assert response.status_code == 303
    assert phone.get(AREA, follow=True).redirect_chain == [(f"{AREA}start/", 303)]
    assert not User.objects.get().has_usable_password()


def test_a_scanner_that_opens_the_link_uses_nothing_up():
    ask(Client(), "new@example.org")
    path = link_in_mail()
    for _each in range(3):
        assert Client().get(path).status_code == 200
    assert Client().post(path).status_code == 303


def test_a_used_link_says_so_and_offers_a_new_one():
    ask(Client(), "new@example.org")
    path = link_in_mail()
    Client().post(path)
    for response in (Client().get(path), Client().post(path)):
        assert response.status_code == 410
        assert b"used already" in response.content
        assert DOOR.encode() in response.content


def test_an_old_link_says_so():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(Client(), "new@example.org")
        clock.shift(timedelta(minutes=16))
        response = Client().post(link_in_mail())
        assert response.status_code == 410
        assert b"too old" in response.content


def test_a_made_up_link_opens_nothing():
    assert Client().get(f"{DOOR}made-up/").status_code == 410


def test_somebody_goes_on_to_where_they_were_going_and_nowhere_else():
    ask(Client(), "new@example.org", next=f"{AREA}start/")
    assert Client().post(link_in_mail())["Location"] == f"{AREA}start/"
    ask(Client(), "new@example.org", next="https://evil.example/")
    assert Client().post(link_in_mail())["Location"] == AREA


def test_staff_are_sent_to_their_own_door():
    officer = User.objects.create_user(email="officer@example.org")
    officer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    ask(Client(), "officer@example.org")
    assert "/accounts/login/" in mails()[0].text
    assert "my-setting" not in mails()[0].text


def test_one_mailbox_gets_no_more_than_five_mails_an_hour():
    for _each in range(7):
        assert ask(Client(), "one@example.org").status_code == 303
    assert len(mails()) == 5


def test_one_client_may_ask_ten_times_an_hour():
    for number in range(10):
        ask(Client(), f"person{number}@example.org")
    assert ask(Client(), "eleventh@example.org").status_code == 429


def test_an_address_that_is_none_is_named():
    response = ask(Client(), "not an address")
    assert response.status_code == 422
    assert b"Type an e-mail address" in response.content


def test_owners_open_no_staff_door():
    ask(Client(), "new@example.org")
    owner = Client()
    owner.post(link_in_mail())
    assert owner.get("/admin/").status_code == 403


def test_signing_out_ends_the_session():
    ask(Client(), "new@example.org")
    owner = Client()
    owner.post(link_in_mail())
    owner.post(f"{AREA}sign-out/")
    assert owner.get(AREA).status_code == 302


def test_an_owner_who_works_is_not_signed_out_for_being_idle():
    ask(Client(), "new@example.org")
    owner = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        owner.post(link_in_mail())
        for _each in range(3):
            clock.shift(timedelta(minutes=20))
            assert owner.get(f"{AREA}start/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert owner.get(AREA).status_code == 302


def test_what_was_typed_after_the_session_ended_is_shown():
    response = Client().post(f"{AREA}start/", {"name": "Long Typed Name"}, HTTP_ORIGIN="http://testserver")
    assert response.status_code == 403
    assert b"Long Typed Name" in response.content
