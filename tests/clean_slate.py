"""A migrated database again after a test with real transactions.

Django empties every table and reads the migrated rows back one object at a time, which takes longer than most of these
tests. Here SQLite gets a copy of the whole file back, and PostgreSQL what changed: tables that have rows are compared with
what the migrations left in them.
"""

import sqlite3
from typing import Any

from django.db import transaction

from foundation.audit import guards


class MigratedSQLite:
    """The database as it is now, in memory."""

    def __init__(self, connection: Any) -> None:
        connection.ensure_connection()
        # Only one thread at a time runs a test or sets up for one.
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self._kept)

    def restore(self, connection: Any) -> None:
        connection.ensure_connection()
        self._kept.backup(connection.connection)


class MigratedPostgreSQL:
    """What the migrations put into tables, in the words of COPY."""

    def __init__(self, connection: Any) -> None:
        self._kept = {table: _rows(connection, table) for table in _filled(connection)}

    def restore(self, connection: Any) -> None:
        with transaction.atomic(using=connection.alias), guards.lifted(connection):
            changed = [
                table
                for table in sorted(_filled(connection) | set(self._kept))
                if _rows(connection, table) != self._kept.get(table)
            ]
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                for table in changed:
                    cursor.execute(f'DELETE FROM "{table}"')
                for table in changed:
                    if table in self._kept:
                        with cursor.copy(f'COPY "{table}" FROM STDIN') as into:
                            into.write(self._kept[table])
                # What the guards do next would be refused while checks of this transaction wait.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def migrated(connection: Any) -> MigratedSQLite | MigratedPostgreSQL:
    """What brings this database back to how it is now: call `restore`."""
    return MigratedSQLite(connection) if connection.vendor == "sqlite" else MigratedPostgreSQL(connection)


def _filled(connection: Any) -> set[str]:
    """The tables that have a row."""
    tables = [table for table in connection.introspection.table_names() if table != "django_migrations"]
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table for (table,) in cursor.fetchall()}


def _rows(connection: Any, table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY (SELECT * FROM "{table}" ORDER BY 1) TO STDOUT') as out:
        return b"".join(out)
