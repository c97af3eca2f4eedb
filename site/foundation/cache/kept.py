"""What many pages need and only an edit changes, kept in this process until the generation changes."""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakSet

from . import generation
from .drawn import forget_drawings

Value = TypeVar("Value")

_all: "WeakSet[Kept]" = WeakSet()


class Kept(Generic[Value]):
    """A small memory of objects: unpickling them from a shared cache would cost more than a small page.

    Edits in other processes are seen too, because they change the generation. The time limit is for what changes
    without a signal (an `update()` in a shell). Threads share what is kept, so nobody may change it.
    """

    def __init__(self, *, seconds: float = 300, entries: int = 64) -> None:
        self._seconds, self._limit = seconds, entries
        self._entries: dict[Hashable, tuple[str, float, Value]] = {}
        _all.add(self)

    def of(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under this key, made now if nothing is."""
        token, now = generation.current(), time.monotonic()
        entry = self._entries.get(key)
        if entry is not None and entry[0] == token and now < entry[1]:
            return entry[2]
        value = make()
        if len(self._entries) >= self._limit:
            self._entries.clear()
        # With the token of before: what was read while somebody edited is read again at the next request.
        self._entries[key] = (token, now + self._seconds, value)
        return value

    def forget(self) -> None:
        self._entries.clear()


def forget_everything() -> None:
    """As in a process that has just started."""
    for kept in list(_all):
        kept.forget()
    forget_drawings()
