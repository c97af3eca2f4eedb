"""GOV.UK Notify behind the same door as SMTP; nothing is called in these tests."""

import base64
import hashlib
import hmac
import json

import pytest

from community.newsletter.carriers import CarrierAway, Mail, Outcome, carrier_in_use
from community.newsletter.carriers.notify import NotifyCarrier, NotReachable

SERVICE, SECRET = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
MAIL = Mail(
    to="reader@example.org", sender="Us <us@example.org>", subject="News", text="Words", html="<p>Words</p>",
    stop_url="https://site.example/stop/", message_id="<d1.x@example.org>", list_id="<newsletter.site>",
)  # fmt: skip


def carrier(answer):
    calls = []

    def send(address, headers, body):
        calls.append((address, headers, json.loads(body)))
        if isinstance(answer, Exception):
            raise answer
        return answer

    return NotifyCarrier(api_key=f"key-name-{SERVICE}-{SECRET}", template_id="template", send=send), calls


def test_a_request_holds_the_mail_and_a_token_that_the_service_can_check():
    notify, calls = carrier((201, b"{}"))
    notify.open()
    assert notify.carry(MAIL).outcome is Outcome.TAKEN
    address, headers, body = calls[0]
    assert address.startswith("https://api.notifications.service.gov.uk/")
    assert body["email_address"] == "reader@example.org"
    assert body["personalisation"] == {"subject": "News", "body": "Words"}
    assert body["one_click_unsubscribe_url"] == "https://site.example/stop/"
    head, claims, signature = headers["Authorization"].removeprefix("Bearer ").split(".")
    wanted = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "==") == wanted
    assert json.loads(base64.urlsafe_b64decode(claims + "=="))["iss"] == SERVICE


@pytest.mark.parametrize(
    ("answer", "outcome", "is_about_address"),
    [
        (
            (400, b'{"errors":[{"error":"ValidationError","message":"email_address Not a valid email"}]}'),
            Outcome.REFUSED,
            True,
        ),
        ((413, b""), Outcome.REFUSED, False),
        (TimeoutError(), Outcome.UNSURE, False),
        (ConnectionResetError(), Outcome.UNSURE, False),
    ],
)
def test_what_became_of_a_mail(answer, outcome, is_about_address):
    found = carrier(answer)[0].carry(MAIL)
    assert (found.outcome, found.is_about_address) == (outcome, is_about_address)


@pytest.mark.parametrize(
    "answer",
    [
        (403, b""),
        (429, b""),
        (500, b""),
        (503, b""),
        (400, b'{"errors":[{"error":"BadRequestError"}]}'),
        NotReachable(),
    ],
)
def test_what_is_wrong_with_everybody_waits(answer):
    with pytest.raises(CarrierAway):
        carrier(answer)[0].carry(MAIL)


def test_without_a_key_nothing_is_tried(settings):
    settings.NEWSLETTER_CARRIER = "notify"
    with pytest.raises(CarrierAway):
        carrier_in_use().open()
