"""Triggers that refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE of the trail, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
REFUSAL = "the audit trail only grows"

SQLITE_ON = [
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE")
] + [
    # INSERT OR REPLACE takes the old row away without asking the trigger above.
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE} "  # noqa: S608  (constants)
    f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE sequence = NEW.sequence) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
]
SQLITE_OFF = [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete", "replace")]

POSTGRES_ON = [
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
]
POSTGRES_OFF = [
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
]


def _run(connection: BaseDatabaseWrapper, for_sqlite: list[str], for_postgres: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in for_sqlite if connection.vendor == "sqlite" else for_postgres:
            cursor.execute(statement)


def put_on(connection: BaseDatabaseWrapper) -> None:
    """Refuse changes from now on."""
    _run(connection, SQLITE_ON, POSTGRES_ON)


def take_off(connection: BaseDatabaseWrapper) -> None:
    """Allow changes; only to undo the migration, and for a test suite that empties its tables."""
    _run(connection, SQLITE_OFF, POSTGRES_OFF)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Allow changes for a moment: a test database is being emptied."""
    take_off(connection)
    try:
        yield
    finally:
        put_on(connection)
