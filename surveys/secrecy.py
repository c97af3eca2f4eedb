"""Encryption of what must not be read in a copy of the database: moderators' texts, and true counts behind a release."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

__all__ = ["InvalidToken", "decrypt", "encrypt"]


def encrypt(plain: bytes, *, purpose: str) -> bytes:
    """Encrypt for one purpose; what was encrypted for another does not open."""
    return _cipher(purpose).encrypt(plain)


def decrypt(encrypted: bytes | memoryview, *, purpose: str) -> bytes:
    """Undo `encrypt`; raises InvalidToken when none of our keys fits."""
    return _cipher(purpose).decrypt(bytes(encrypted))


def _cipher(purpose: str) -> MultiFernet:
    """The first key encrypts; the others, which are being replaced, only decrypt."""
    salt = b"surveys: " + purpose.encode() + b"\x00"
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(salt + key.encode()).digest())) for key in keys])
