"""Draw-a-slip codes, for small consultations at home: everybody draws one from a pile, each opens the survey once.

A slip is the class code and six letters that only the session's secret key can make. No row stands for a slip: which are
spent is one bit each in one row, so nothing tells when a slip was used. The key goes when the session is sealed; from
then on nobody can make the slips again, nor say whether a paper was one.
"""

import hashlib
import hmac
import re
import secrets

from .models import ClassSession
from .selectors import cap

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""No i, l, o, 0 and 1, which look alike on paper."""
LENGTH = 6
"""31 to the power of 6: with 440 slips, one guess in two million is right."""
_KEY_BYTES = 32


def new_key() -> bytes:
    """A key for the slips of one session."""
    return secrets.token_bytes(_KEY_BYTES)


def unspent(count: int) -> bytes:
    """The bits of so many slips, none of them spent."""
    return bytes(-(-count // 8))


def slips_of(session: ClassSession) -> list[str]:
    """The slips of an open session, in the order of their numbers. Empty where it has none (any more)."""
    return _slips(bytes(session.slip_key), cap(session)) if session.uses_slips and session.slip_key else []


def normalise_slip(typed: str) -> str:
    """What was typed, as a slip is written: small letters and digits, nothing between them."""
    return re.sub(r"[^a-z0-9]", "", typed[:40].casefold())


def slip_number(session: ClassSession, typed: str) -> int | None:
    """The number of the slip that was typed; None where it is no slip of this session. Whether it is spent, storing
    says (`collection.services.receive`)."""
    wanted = normalise_slip(typed).encode()
    found = None
    for number, slip in enumerate(slips_of(session)):
        if hmac.compare_digest(slip.encode(), wanted):
            found = number
    return found


def is_spent(session: ClassSession, number: int) -> bool:
    """Whether this slip was used, so that a second reader of the same paper is told before they answer."""
    bits = bytes(session.slips_spent or b"")
    return number // 8 >= len(bits) or bool(bits[number // 8] >> number % 8 & 1)


def _slips(key: bytes, count: int) -> list[str]:
    """The first `count` different ones of an endless row that the key makes."""
    found: dict[str, None] = {}
    turn = 0
    while len(found) < count:
        found[_slip(key, turn)] = None
        turn += 1
    return list(found)


def _slip(key: bytes, turn: int) -> str:
    number = int.from_bytes(hmac.new(key, turn.to_bytes(4, "big"), hashlib.sha256).digest(), "big")
    letters = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
