"""SQLite: a copy through its own backup interface, cleaned of what no backup may hold, and back again."""

import gzip
import shutil
import sqlite3
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections

from .errors import BackupError

MEMBER = "database.sqlite3.gz"


def dump(folder: Path, left_out: list[str]) -> tuple[Path, dict[str, int]]:
    """A compressed copy of the database without the rows of `left_out`; it, and the rows of each table.

    The site may go on working: the copy is of one moment. Deleted rows are overwritten in the copy, and `VACUUM` writes it
    anew, so that no free page holds what a table no longer does.
    """
    copy, packed = folder / "copy.sqlite3", folder / MEMBER
    try:
        target = sqlite3.connect(copy, isolation_level=None)
        try:
            _own_connection().backup(target)
            # In memory, for a journal beside the copy would hold the deleted rows.
            target.execute("PRAGMA journal_mode=MEMORY")
            target.execute("PRAGMA secure_delete=ON")
            target.execute("PRAGMA temp_store=MEMORY")
            there = _tables(target)
            for table in left_out:
                if table in there:
                    target.execute(f'DELETE FROM "{table}"')  # noqa: S608  (names of our own tables)
            target.execute("VACUUM")
            rows = _count(target)
        finally:
            target.close()
    except sqlite3.OperationalError as error:
        raise _explained(error) from error
    with copy.open("rb") as plain, gzip.open(packed, "wb", compresslevel=6) as out:
        shutil.copyfileobj(plain, out)
    copy.unlink()
    return packed, rows


def is_empty() -> bool:
    """Whether the database has no table at all."""
    return not _tables(_own_connection())


def load(packed: Path, rows: dict[str, int]) -> None:
    """Put a dump in the place of the whole database, in one transaction of SQLite's: all of it or nothing."""
    plain = packed.with_name("unpacked.sqlite3")
    try:
        with gzip.open(packed) as stream, plain.open("wb") as out:
            shutil.copyfileobj(stream, out)
    except (EOFError, gzip.BadGzipFile) as error:
        raise BackupError("The database in this backup cannot be unpacked. Use another copy.") from error
    try:
        source = sqlite3.connect(plain)
        try:
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",) or _count(source) != rows:
                raise BackupError("The database in this backup is damaged. Use an older one.")
            source.backup(_own_connection())
        finally:
            source.close()
    except sqlite3.DatabaseError as error:
        raise _explained(error) from error


def _own_connection() -> sqlite3.Connection:
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    own: sqlite3.Connection = connection.connection
    return own


def _tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found.fetchall()]


def _count(database: sqlite3.Connection) -> dict[str, int]:
    names = _tables(database)
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def _explained(error: sqlite3.DatabaseError) -> BackupError:
    if "full" in str(error):
        return BackupError("The disk is full. Nothing was changed: make room, then run this again.")
    if "I/O error" in str(error):
        return BackupError(
            "The disk cannot be written: it is full, or failing. Nothing was changed: make room, or use another."
        )
    if "locked" in str(error) or "busy" in str(error):
        return BackupError("Another process is using the database. Stop the site, then run this again.")
    return BackupError(f"SQLite refused: {error}.")
