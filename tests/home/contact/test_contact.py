"""Writing to the partnership's office."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from foundation.mail import services
from foundation.mail.models import OutgoingMessage
from foundation.partnership.models import Helpline, PartnershipSettings
from home.models.contact import ContactPage

URL = "/en/contact/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contact_page")]


@pytest.fixture
def visitor() -> Client:
    """Somebody without any cookie, against all guards."""
    return Client(enforce_csrf_checks=True)


def test_helplines_stand_before_the_form_and_no_cookie_is_set(visitor: Client, contact_page: ContactPage) -> None:
    Helpline.objects.create(key="999", name="Emergency", phone="999", is_emergency=True, locale=contact_page.locale)
    response = visitor.get(URL)
    html = response.content.decode()
    assert response.status_code == 200
    assert 0 < html.index("tel:999") < html.index('name="message"')
    assert "not for worries about a child" in html
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in html


def test_a_message_is_sent_and_forgotten(
    visitor: Client, letter: dict[str, str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post(URL, letter)
    assert response.status_code == 303
    assert response.headers["Location"].endswith("/en/contact/sent/")
    sent = mail.outbox[0]
    assert sent.to == ["office@example.org"]
    assert sent.reply_to == ["parent@example.org"]
    assert "When is the next talk?" in sent.body
    assert not OutgoingMessage.objects.exists()
    assert "We have your message" in visitor.get(response.headers["Location"]).content.decode()


def test_a_mail_server_that_is_away_loses_no_message(
    visitor: Client, letter: dict[str, str], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def refuse(message: Any) -> None:
        raise OSError

    monkeypatch.setattr(services, "_send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        assert visitor.post(URL, letter).status_code == 303
    assert "When is the next talk?" in OutgoingMessage.objects.get().text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Type your name"),
        ({"email": "parent"}, "Type an email address like name@example.com"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "Type an email address like name@example.com"),
        ({"message": ""}, "Type your message"),
        ({"message": "x" * 4_001}, "4000 characters or fewer"),
        ({"about": ""}, "Choose what your message is about"),
        ({"about": "Made up"}, "Made up"),
        ({"token": "wrong"}, "Nothing is lost"),
        ({"message": "nul\x00"}, "Null characters are not allowed"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(
    visitor: Client, letter: dict[str, str], change: dict[str, str], words: str
) -> None:
    response = visitor.post(URL, {**letter, **change})
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html
    assert "There is a problem" in html
    for field in {"name", "email"} - set(change):
        assert letter[field] in html
    if "message" not in change:
        assert letter["message"] in html
    assert not mail.outbox
    assert not OutgoingMessage.objects.exists()


def test_hostile_words_are_shown_as_words(visitor: Client, letter: dict[str, str]) -> None:
    html = visitor.post(URL, {**letter, "message": "<script>alert(1)</script>", "name": ""}).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_robot_is_thanked_and_ignored(visitor: Client, letter: dict[str, str]) -> None:
    assert visitor.post(URL, {**letter, "website_address": "https://spam.example"}).status_code == 303
    assert not OutgoingMessage.objects.exists()


def test_the_sixth_message_of_an_hour_is_refused_kindly(visitor: Client, letter: dict[str, str]) -> None:
    statuses = [visitor.post(URL, letter).status_code for _time in range(5)]
    refused = visitor.post(URL, letter)
    assert [*statuses, refused.status_code] == [303] * 5 + [429]
    assert OutgoingMessage.objects.count() == 5
    assert "Please wait an hour" in refused.text
    for typed in ("A Parent", "parent@example.org", "When is the next talk?"):
        assert typed in refused.text


def test_tries_that_fail_are_counted_too_and_nothing_typed_is_lost(visitor: Client, letter: dict[str, str]) -> None:
    """Somebody who sends broken forms all day costs us as much as somebody who sends whole ones."""
    broken = {**letter, "token": "wrong"}
    statuses = [visitor.post(URL, broken).status_code for _time in range(40)]
    assert statuses == [200] * 40
    refused = visitor.post(URL, broken)
    assert refused.status_code == 429
    assert "Please wait an hour" in refused.text
    assert "When is the next talk?" in refused.text
    assert visitor.post(URL, letter).status_code == 429
    assert not OutgoingMessage.objects.exists()


def test_without_an_address_to_send_to_there_is_no_form_but_words_typed_are_kept(
    visitor: Client, letter: dict[str, str]
) -> None:
    PartnershipSettings.objects.update(contact_email="")
    assert 'name="message"' not in visitor.get(URL).content.decode()
    response = visitor.post(URL, letter)
    assert response.status_code == 503
    assert letter["message"] in response.content.decode()


def test_the_page_with_the_form_is_kept_by_nobody_but_the_readers_own_browser(visitor: Client) -> None:
    assert visitor.get(URL).headers["Cache-Control"] == "private, no-cache"
