"""A registry: the door between rooms that never import one another.

The giver registers in its `AppConfig.ready`; the taker asks. Entries come back in the order of their names,
whatever the order of the apps.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class AlreadyRegistered(ValueError):
    """Two givers chose the same name."""


class Registry(Generic[Entry]):
    """Named entries of one type; `carries` says in a sentence what an entry is."""

    def __init__(self, carries: str) -> None:
        self.carries = carries
        self._entries: dict[str, Entry] = {}

    def register(self, name: str, entry: Entry) -> None:
        """Add an entry; registering the very same one again (as a reload does) changes nothing.

        Raises:
            AlreadyRegistered: another entry has this name.
        """
        known = self._entries.setdefault(name, entry)
        if known != entry:
            raise AlreadyRegistered(f"{name} is already registered: {self.carries}")

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries[name] for name in sorted(self._entries))

    def items(self) -> list[tuple[str, Entry]]:
        """The entries with their names, in the order of the names."""
        return [(name, self._entries[name]) for name in sorted(self._entries)]
