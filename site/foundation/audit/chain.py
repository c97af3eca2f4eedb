"""The arithmetic of the trail: how a row is hashed, how the head is signed, how words are hashed with a salt."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

PURPOSE = b"safeguarding audit trail, version 1\x00"


def hash_of_row(
    *,
    sequence: int,
    at: datetime,
    action: str,
    actor: str,
    subject: str,
    facts: dict[str, Any],
    note_hash: str,
    previous_hash: str,
) -> str:
    """SHA-256 (hex) of a row and, through `previous_hash`, of all rows before it.

    Needs no key, so that anyone who is given the rows can check them; the head's signature is what a forger lacks.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [sequence, moment, action, actor, subject, facts, note_hash, previous_hash]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _keys() -> Iterator[bytes]:
    for secret in [settings.AUDIT_KEY or settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        yield hashlib.sha256(PURPOSE + secret.encode()).digest()


def sign_head(*, sequence: int, hash: str) -> str:
    """The signature (HMAC-SHA-256, hex) of the end of the trail."""
    return hmac.new(next(_keys()), f"{sequence}:{hash}".encode(), hashlib.sha256).hexdigest()


def head_is_ours(*, sequence: int, hash: str, signature: str) -> bool:
    """Whether the signature was made with our key, or with one that is being replaced."""
    message = f"{sequence}:{hash}".encode()
    return any(hmac.compare_digest(hmac.new(key, message, hashlib.sha256).hexdigest(), signature) for key in _keys())


def hash_of_note(*, text: str, salt: str) -> str:
    """Hash of words with their own random salt; once the salt is erased nobody can try words against it."""
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()


def keyed_hash(value: str) -> str:
    """A short fingerprint of a personal value, such as the address of a failed sign-in, useless without our key."""
    return hmac.new(next(_keys()), value.strip().lower().encode(), hashlib.sha256).hexdigest()[:24]
