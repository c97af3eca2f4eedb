"""Secrets that travel in links. The database keeps a keyed hash of each, never the secret itself."""

import secrets

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """256 bits from the system's own source, as text that a mail program does not break."""
    return secrets.token_urlsafe(32)


def token_hash(token: str, *, purpose: str) -> str:
    """What is kept of a token: a hash that only this site can make, of no use for another purpose."""
    return salted_hmac(f"foundation.accounts.links:{purpose}", token, algorithm="sha256").hexdigest()
