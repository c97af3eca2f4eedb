"""What a backup leaves out: tables whose copies would outlive a promise to forget."""

from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class BackupExclusion:
    """A table that no backup may hold, and why."""

    table: str
    reason: str


backup_exclusions: Registry[BackupExclusion] = Registry("tables that a backup leaves out")


def tables_left_out() -> list[BackupExclusion]:
    """What every backup must leave out, in the order of the tables. The backup command reads this, and so do its tests."""
    return sorted(backup_exclusions, key=lambda entry: entry.table)
