"""Teachers' secret links: made from the site's own key, so that they can be shown again while the database holds a hash.

Whoever steals the database alone cannot make one; whoever has one needs no account.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from .models import ClassSession

_SALT = "surveys.fieldwork.links"
_BYTES = 16
LENGTH = 26
"""Characters of a secret: 128 bits in small letters and digits 2 to 7, which nobody confuses on paper."""


def secret_of(session: ClassSession) -> str:
    """The secret of this session's link.."""
    return _made(session, settings.SECRET_KEY)


def hash_of(secret: str) -> str:
    """What the database holds of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_of(session: ClassSession) -> str:
    """The secret that opens this session now, made with today's key or one of the keys before it; else empty."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = _made(session, key)
        if hmac.compare_digest(hash_of(secret), session.link_hash):
            return secret
    return ""


def _made(session: ClassSession, key: str) -> str:
    mac = salted_hmac(_SALT, f"{session.pk}:{session.link_number}", secret=key, algorithm="sha256").digest()
    return base64.b32encode(mac[:_BYTES]).decode().rstrip("=").lower()
