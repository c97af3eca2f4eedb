"""Keyed answers between the dry run and the confirmation: in the page itself, sealed, and nowhere on the server.

The page holds one encrypted field, as the step pages of pupils do. What is confirmed is exactly what was looked at, the file
is never written anywhere, and a page that is an hour old is good for nothing.
"""

import json
import time
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...secrecy import InvalidToken, decrypt, encrypt
from .keying import KeyedRow

PURPOSE = "keyed from paper"
GOOD_FOR_SECONDS = 60 * 60


class NotCarried(Exception):
    """The field is missing, too old, not ours, or made for another person or wave."""


@dataclass(frozen=True)
class Keyed:
    """What was read from a file, and for whom. `key` makes confirming twice count once."""

    wave_id: int
    school_id: int
    year_group: int
    person_id: int
    rows: Sequence[KeyedRow]
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def seal(keyed: Keyed) -> str:
    """The field's text."""
    told = {
        "for": [keyed.wave_id, keyed.school_id, keyed.year_group, keyed.person_id],
        "until": time.time() + GOOD_FOR_SECONDS,
        "key": keyed.key.hex,
        "rows": [row.answers for row in keyed.rows],
    }
    return encrypt(zlib.compress(json.dumps(told, separators=(",", ":")).encode()), purpose=PURPOSE).decode()


def unseal(text: str, *, wave_id: int, person_id: int) -> Keyed:
    """Undo `seal`; raises NotCarried."""
    try:
        told = json.loads(zlib.decompress(decrypt(text.encode(), purpose=PURPOSE)))
    except (InvalidToken, UnicodeEncodeError) as error:
        raise NotCarried from error
    wave, school, year, person = told["for"]
    if (wave, person) != (wave_id, person_id) or told["until"] < time.time():
        raise NotCarried
    return Keyed(wave, school, year, person, [KeyedRow(row) for row in told["rows"]], uuid.UUID(told["key"]))
