"""Passwords that were found in somebody's breach: looked up in a file on this machine, and told to nobody."""

import hashlib
import logging
import os
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
DIGEST = 40
"""Letters of a SHA-1 in hexadecimal; the count behind it is not looked at."""
LONGEST_LINE = 64
_TOLD_APART = b"0123456789ABCDEF"


class BreachedPasswordValidator:
    """Refuses what stands in the list that the operator has fetched: lines of SHA-1 in capitals, in order, as "Pwned Passwords"
    gives them (`HASH:COUNT`). Its forty gigabytes are searched by halves, some thirty reads; nothing is asked of the internet.

    Without a list, and where it cannot be read, Django's own of 20,000 and `passwords` still stand: a disk that is away must
    keep nobody from changing a password that has been stolen. `checks` says so, and a line in the log.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """
        Raises:
            ValidationError: it is in the list.
        """
        if not settings.BREACHED_PASSWORDS:
            return
        try:
            is_known = holds(Path(settings.BREACHED_PASSWORDS), password)
        except OSError:
            logger.error("the list of breached passwords cannot be read", extra={"event": "breached_list_unreadable"})
            return
        if is_known:
            raise ValidationError(
                _(
                    "This password was found in a breach of another site, so others try it. Choose three or four words of your own."
                ),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be one that was found in a breach of another site.")


def holds(path: Path, password: str) -> bool:
    """Whether the list has this password.

    Raises:
        OSError: it cannot be read.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, file.seek(0, os.SEEK_END)
        # The line that begins at or after `low` is never past the wanted one; the one after `high` always is, or the same.
        while low < high:
            middle = (low + high) // 2
            found = _digest_after(file, middle)
            if found and found < wanted:
                low = middle + 1
            else:
                high = middle
        return _digest_after(file, low) == wanted


def is_in_order(path: Path) -> bool:
    """Whether the beginning of the list reads as one: lines of digests, each after the one before.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        lines = [file.readline(LONGEST_LINE)[:DIGEST] for _number in range(1_000)]
    digests = [line for line in lines if line]
    are_digests = all(len(each) == DIGEST and not each.strip(_TOLD_APART) for each in digests)
    return bool(digests) and are_digests and digests == sorted(digests)


def _digest_after(file: IO[bytes], at: int) -> bytes:
    """The digest of the first line that begins at this byte or later; empty where there is none."""
    if at:
        file.seek(at - 1)
        file.readline(LONGEST_LINE)  # the rest of the line before; of its end alone where `at` begins one
    else:
        file.seek(0)
    return file.readline(LONGEST_LINE)[:DIGEST]
