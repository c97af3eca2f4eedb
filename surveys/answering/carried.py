"""What travels from step to step without a script: one field, encrypted and authenticated, good for three hours.

Fernet of the locked `cryptography`: AES-128-CBC with an HMAC, so that nobody on the way, and nobody with the device in
hand, can read or change the answers in it. Its key comes from SECRET_KEY for this purpose alone.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PURPOSE = b"answers so far, version 1\x00"
GOOD_FOR_SECONDS = 3 * 60 * 60


class NotCarried(Exception):
    """The field is missing, too old, or not ours."""


@dataclass
class Carried:
    """The answers so far, where the pupil is, and the number that makes sending twice count once."""

    code: str
    version: int
    language: str
    at: int = 0
    answers: dict[str, Any] = field(default_factory=dict)
    slip: str = ""
    left_out: list[str] = field(default_factory=list)
    nonce: str = field(default_factory=lambda: secrets.token_hex(16))


def seal(carried: Carried) -> str:
    """The field's text."""
    return _cipher().encrypt(json.dumps(asdict(carried), separators=(",", ":")).encode()).decode()


def unseal(text: str) -> Carried:
    """Undo `seal`; raises NotCarried."""
    try:
        return Carried(**json.loads(_cipher().decrypt(text.encode(), ttl=GOOD_FOR_SECONDS)))
    except (InvalidToken, ValueError, TypeError) as error:
        raise NotCarried from error


def _cipher() -> MultiFernet:
    return _cipher_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _cipher_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + key.encode()).digest())) for key in keys]
    )
