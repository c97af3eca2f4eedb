"""Which generation of kept pages and frames holds: asked on every request, read from the database every two seconds at
most."""

import contextlib
import secrets
import threading
import time

from django.db import DatabaseError, connection, transaction

from .models import Generation

REFRESH_SECONDS = 2.0
NEVER_CHANGED = "0"
_HOOKS_LOOKED_AT = 40


class _Known:
    """What this process last read."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.token = NEVER_CHANGED
        self.read_at = float("-inf")


_known = _Known()


def current() -> str:
    """The token of now, at most two seconds old. While the database is away the last known one holds, so that kept
    pages go on being served."""
    now = time.monotonic()
    if now - _known.read_at < REFRESH_SECONDS:
        return _known.token
    with _known.lock:
        if now - _known.read_at < REFRESH_SECONDS:
            return _known.token
        # A database that is away: the page behind will say so; here the known token is the best there is.
        with contextlib.suppress(DatabaseError):
            _known.token = _read()
        _known.read_at = time.monotonic()
    return _known.token


def bump() -> None:
    """Make every kept page old, now. Inside a transaction use `bump_on_commit`."""
    token = secrets.token_hex(8)
    if not Generation.objects.filter(pk=1).update(token=token):
        Generation.objects.update_or_create(pk=1, defaults={"token": token})
    forget_known()


def bump_on_commit() -> None:
    """Make every kept page old once the current transaction is in the database; many calls cost one write or few."""
    # A loader that saves a thousand pages in one transaction must not write a thousand tokens after it.
    if any(hook[1] is bump for hook in connection.run_on_commit[-_HOOKS_LOOKED_AT:]):
        return
    transaction.on_commit(bump)


def forget_known() -> None:
    """Read the token again at the next request."""
    _known.read_at = float("-inf")


def reset_for_tests(*, asks: bool = True) -> None:
    """As in a process that has just started; or one that does not ask the database by itself, because a query every
    two seconds would upset tests that count queries."""
    _known.forget()
    if not asks:
        _known.read_at = float("inf")


def _read() -> str:
    return Generation.objects.filter(pk=1).values_list("token", flat=True).first() or NEVER_CHANGED
