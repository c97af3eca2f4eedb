"""What lies encrypted in the database: each room says how its rows are encrypted anew when a key is changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken

from .base import Registry


@dataclass(frozen=True)
class Renewed:
    """How many rows are under today's key now, and how many none of our keys opens."""

    done: int
    unreadable: int


@dataclass(frozen=True)
class Encrypted:
    """Rows of one kind that are encrypted with a key from the settings."""

    what: str
    """In words, for the person who changes a key."""
    renew: Callable[[], Renewed]
    """Encrypts all of them with the first key; doing it twice does no harm."""


encrypted: Registry[Encrypted] = Registry("what lies encrypted in the database")


def renew_each(rows: Iterable[Any], renew: Callable[[Any], None]) -> Renewed:
    """Do `renew` to each row; one that raises InvalidToken is counted and left as it is."""
    done = unreadable = 0
    for row in rows:
        try:
            renew(row)
            done += 1
        except InvalidToken:
            unreadable += 1
    return Renewed(done, unreadable)
