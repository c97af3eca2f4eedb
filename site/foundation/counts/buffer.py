"""Keeps counts in memory for some seconds and writes them together: a visit costs no write.

Nothing grows without bound: there are at most `MOST_KEYS` different (page, day), and many hits are written early. A
process that is killed loses the seconds since its last write, one that ends in order loses nothing.
"""

import atexit
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection

logger = logging.getLogger("foundation.counts")

Key = tuple[int, date]
MOST_KEYS = 5_000
MOST_HITS = 1_000


class CountBuffer:
    """Counts by (page, day) until `write` takes them."""

    def __init__(self, write: Callable[[dict[Key, int]], None]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._counts: Counter[Key] = Counter()
        self._hits = 0
        self._wake = threading.Event()
        self._process: int | None = None

    def add(self, page_id: int, day: date) -> None:
        """Count one visit; takes microseconds and never fails."""
        with self._lock:
            if (page_id, day) in self._counts or len(self._counts) < MOST_KEYS:
                self._counts[page_id, day] += 1
                self._hits += 1
            is_full = self._hits >= MOST_HITS
        if settings.PAGE_COUNTS_SECONDS > 0:
            if self._process != os.getpid():
                self._start()
            if is_full:
                self._wake.set()

    def flush(self) -> int:
        """Write what there is; says how many visits. What cannot be written stays for the next time."""
        with self._lock:
            taken, self._counts, self._hits = self._counts, Counter(), 0
        if not taken:
            return 0
        try:
            self._write(dict(taken))
        except DatabaseError as error:
            logger.warning("counts wait", extra={"event": "counts_wait", "error": type(error).__name__})
            self._put_back(taken)
            return 0
        return taken.total()

    def waiting(self) -> dict[Key, int]:
        """What is not written yet."""
        with self._lock:
            return dict(self._counts)

    def _put_back(self, taken: Counter[Key]) -> None:
        with self._lock:
            for key, number in taken.items():
                if key in self._counts or len(self._counts) < MOST_KEYS:
                    self._counts[key] += number

    def _start(self) -> None:
        """One thread for each process; a fork takes no threads along, so each child starts its own."""
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._wake = threading.Event()
        threading.Thread(target=self._run, name="page-counts", daemon=True).start()
        atexit.register(self._at_exit, os.getpid())

    def _run(self) -> None:
        while True:
            self._wake.wait(settings.PAGE_COUNTS_SECONDS)
            self._wake.clear()
            self.flush()
            # This thread has a connection of its own, which no request closes.
            connection.close()

    def _at_exit(self, process: int) -> None:
        if process == os.getpid():
            self.flush()
