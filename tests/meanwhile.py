"""Somebody else, in a connection of their own, while this test's transaction holds what they want.

Nothing here sleeps to prove a thing. PostgreSQL itself says who waits for whom (`pg_blocking_pids`); an act that never
waited has simply ended by then, and the test sees that by what it wrote.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction

LONGEST = 20.0
"""Seconds after which a test gives up, with a word, rather than hang."""


class SomebodyElse:
    """An act in a thread, and what became of it once `end` was asked."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self.act, self.result, self.raised, self.waited = act, None, None, False
        self._pid: int | None = None
        self._has_connection = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Returns once the act waits for a row that this test's transaction holds, or has ended without waiting."""
        self._thread.start()
        assert self._has_connection.wait(LONGEST), "the other connection was never made"
        until = time.monotonic() + LONGEST
        while self._thread.is_alive() and not self.waited:
            assert time.monotonic() < until, "the other connection neither waits nor ends"
            self.waited = self._waits_for_us()
            self._thread.join(0.01)

    def end(self) -> None:
        """After this test's transaction ended: the act goes on, and ends."""
        self._thread.join(LONGEST)
        assert not self._thread.is_alive(), "the other connection still waits"

    def _run(self) -> None:
        try:
            connection.ensure_connection()
            self._pid = connection.connection.info.backend_pid
            self._has_connection.set()
            self.result = self.act()
        except Exception as error:
            self.raised = error
        finally:
            self._has_connection.set()
            connections.close_all()

    def _waits_for_us(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid() = ANY(pg_blocking_pids(%s))", [self._pid])
            return bool(cursor.fetchone()[0])


@contextmanager
def before_it_ends(act: Callable[[], Any]) -> Iterator[SomebodyElse]:
    """What the block does is written, not yet committed, when `act` begins; then it is committed and `act` goes on."""
    other = SomebodyElse(act)
    with transaction.atomic():
        yield other
        other.start()
    other.end()
