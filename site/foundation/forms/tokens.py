"""Signed tokens: how a form for anonymous visitors knows that it made the form itself, without a cookie."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.core import signing
from django.utils.crypto import salted_hmac

EARLIEST_SECONDS = 3
LATEST_SECONDS = 24 * 60 * 60
_SALT = "foundation.forms.tokens"


class TokenState(Enum):
    """What a token tells."""

    GOOD = "good"
    TOO_EARLY = "too early"
    TOO_LATE = "too late"
    WRONG = "wrong"


@dataclass(frozen=True)
class TokenRules:
    """How old a token must and may be, in seconds."""

    earliest: int = EARLIEST_SECONDS
    latest: int = LATEST_SECONDS


def make_token(purpose: str) -> str:
    """A token for one form, by its name (and the page it is about, where that matters). It holds the time, no more."""
    signer = signing.TimestampSigner(salt=f"{_SALT}:{purpose}")
    # The value is as good as nothing: the name of the form is in the salt, the time is in the signature.
    return signer.sign("f").removeprefix("f:")


def check_token(token: str, purpose: str, rules: TokenRules | None = None) -> TokenState:
    """Whether this token was made for this form, and long enough but not too long ago."""
    rules = rules or TokenRules()
    signer = signing.TimestampSigner(salt=f"{_SALT}:{purpose}")
    signed = f"f:{token}"
    try:
        signer.unsign(signed, max_age=rules.latest)
    except signing.SignatureExpired:
        return TokenState.TOO_LATE
    except signing.BadSignature:
        return TokenState.WRONG
    if rules.earliest > 0:
        try:
            signer.unsign(signed, max_age=timedelta(seconds=rules.earliest - 0.001))
        except signing.SignatureExpired:
            return TokenState.GOOD
        return TokenState.TOO_EARLY
    return TokenState.GOOD


def keyed_hash(value: str, *, purpose: str, length: int = 24) -> str:
    """A hash that only this site can make, and that cannot be compared with one made for another purpose."""
    return salted_hmac(f"{_SALT}.hash:{purpose}", value, algorithm="sha256").hexdigest()[:length]
