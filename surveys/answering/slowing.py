"""Slows wrong class codes for everybody together, and right ones for nobody.

Not by address: a whole school shares one, and we look at none. What keeps codes from being guessed is their number (36
bits, live for two hours); this keeps a guessing script from keeping the site busy.
"""

import threading
import time

from django.core.cache import cache

FREE_IN_A_MINUTE = 60
"""Wrong codes in a minute, from everybody, that cost nothing: two classes that all mistype once."""
WAIT_SECONDS = 1.0
SLOTS = 2
"""How many threads of this process may wait at once; the rest stay free for right codes."""

_slots = threading.BoundedSemaphore(SLOTS)


def slow_a_wrong_code() -> bool:
    """Count a wrong code and wait if there were many. False: too many at once, answer "try again in a moment"."""
    if _wrong_this_minute() <= FREE_IN_A_MINUTE:
        return True
    if not _slots.acquire(blocking=False):
        return False
    try:
        time.sleep(WAIT_SECONDS)
    finally:
        _slots.release()
    return True


def _wrong_this_minute() -> int:
    key = f"surveys.wrong-codes.{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two lines
        return 1
