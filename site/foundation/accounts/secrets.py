"""Encryption of what a second factor rests on, so that a copy of the database alone signs nobody in."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PURPOSE = b"second factor secrets, version 1\x00"


def _cipher() -> MultiFernet:
    """The first key encrypts; the others, which are being replaced, only decrypt."""
    keys = [settings.SECOND_FACTOR_KEY or settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + key.encode()).digest())) for key in keys]
    )


def encrypt(text: str) -> str:
    """Encrypt for the database."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Undo `encrypt`; raises `cryptography.fernet.InvalidToken` when none of our keys fits."""
    return _cipher().decrypt(encrypted.encode()).decode()
