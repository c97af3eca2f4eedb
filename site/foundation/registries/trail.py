"""What of the audit trail only some people may read: a room says it, for the room knows who those are."""

from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class PrivateEntries:
    """Entries whose action begins with `actions` are shown to holders of `permission` alone."""

    actions: str
    permission: str


private_entries: Registry[PrivateEntries] = Registry("entries of the trail that only some people read")
