"""GOV.UK Notify: its template holds "((subject))" and "((body))" and nothing else; see docs/features/newsletter.md.

Notify sends plain text with a little Markdown, from its own servers; it keeps what it sent for seven days.
"""

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from .base import Answer, CarrierAway, Mail, Outcome

ADDRESS = "https://api.notifications.service.gov.uk/v2/notifications/email"
TIMEOUT = 30
_ID_LENGTH = 36
Post = Callable[[str, dict[str, str], bytes], tuple[int, bytes]]


class NotReachable(OSError):
    """The connection was never made: nothing can have left."""


def post(address: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    """Status and body of the answer.

    Raises:
        NotReachable, OSError.
    """
    request = urllib.request.Request(address, data=body, headers=headers, method="POST")  # noqa: S310 - https above
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return answer.status, answer.read(100_000)
    except urllib.error.HTTPError as error:
        return error.code, error.read(100_000)
    except urllib.error.URLError as error:
        # urllib wraps what went wrong up to the request's last byte; a lost answer comes as it is.
        raise NotReachable(type(error.reason).__name__) from error


class NotifyCarrier:
    """One request for each mail."""

    def __init__(self, *, api_key: str, template_id: str, send: Post = post) -> None:
        # A key is "name-service id-secret", both of the length of a UUID.
        self._service, self._secret = api_key[-(2 * _ID_LENGTH + 1) : -(_ID_LENGTH + 1)], api_key[-_ID_LENGTH:]
        self._template_id = template_id
        self._send = send

    def open(self) -> None:
        if len(self._service) != _ID_LENGTH or not self._template_id:
            raise CarrierAway("not set up")

    def close(self) -> None:
        """Nothing stays open."""

    def carry(self, mail: Mail) -> Answer:
        body = {
            "template_id": self._template_id,
            "email_address": mail.to,
            "personalisation": {"subject": mail.subject, "body": mail.text},
            "reference": mail.message_id.strip("<>"),
            "one_click_unsubscribe_url": mail.stop_url,
        }
        headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
        try:
            status, answer = self._send(ADDRESS, headers, json.dumps(body).encode())
        except NotReachable as error:
            raise CarrierAway("NotReachable") from error
        except (OSError, http.client.HTTPException) as error:
            return Answer(Outcome.UNSURE, type(error).__name__)
        return _answer(status, answer)

    def _token(self) -> str:
        head = _packed({"typ": "JWT", "alg": "HS256"})
        claims = _packed({"iss": self._service, "iat": int(time.time())})
        signature = hmac.new(self._secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
        return f"{head}.{claims}.{_base64(signature)}"


def _answer(status: int, body: bytes) -> Answer:
    if status == 201:
        return Answer(Outcome.TAKEN, "201")
    if status == 400 and b"email_address" in body:
        return Answer(Outcome.REFUSED, "400", is_about_address=True)
    if status == 413 or (status == 400 and b"BadRequestError" not in body):
        return Answer(Outcome.REFUSED, str(status))
    # 403 (key or clock), 429 (limit of the minute or the day), 5xx, and a template that does not fit: all wait.
    raise CarrierAway(str(status))


def _packed(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
