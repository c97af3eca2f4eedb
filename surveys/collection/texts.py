"""Free text of consultations, encrypted from the moment it comes in until two moderators have read it."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_PURPOSE = b"surveys.collection.texts:"


def locked(text: str) -> str:
    """The text as the tables keep it. Fernet would note the second that it was made; here that is nought."""
    return _ciphers(_keys())[0].encrypt_at_time(text.encode(), 0).decode()


def opened(token: str) -> str:
    """The text again.

    Raises:
        InvalidToken: it was made with a key that is no longer among the settings'.
    """
    return MultiFernet(_ciphers(_keys())).decrypt(token.encode()).decode()


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _ciphers(keys: tuple[str, ...]) -> list[Fernet]:
    return [Fernet(base64.urlsafe_b64encode(hashlib.sha256(_PURPOSE + key.encode()).digest())) for key in keys]


__all__ = ["InvalidToken", "locked", "opened"]
