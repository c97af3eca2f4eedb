"""PostgreSQL: pg_dump without what no backup may hold, and pg_restore in one transaction. The password is never an argument."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from .errors import BackupError

MEMBER = "database.dump"
INSTALL = "On Debian: apt install postgresql-client (of the server's version, or newer)."


def dump(folder: Path, left_out: list[str]) -> tuple[Path, dict[str, int]]:
    """A dump without the rows of `left_out` nor of any table that PostgreSQL keeps unlogged; it, and the rows of each table.

    The rows are counted in the same snapshot, so that a restore can be compared. Where the sealer's role is configured it
    does the reading, because the web role may not read sealed answers.
    """
    path = folder / MEMBER
    alias = "sealed" if "sealed" in connections.databases else DEFAULT_DB_ALIAS
    connection = connections[alias].copy()
    connection.connect()
    try:
        connection.set_autocommit(False)
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot(), current_schema()")
            snapshot, schema = cursor.fetchone()
            cursor.execute(
                "SELECT tablename FROM pg_tables t JOIN pg_class c ON c.relname = t.tablename "
                "AND c.relnamespace = t.schemaname::regnamespace WHERE schemaname = %s AND c.relpersistence = 'p'",
                [schema],
            )
            kept = sorted({name for (name,) in cursor.fetchall()} - set(left_out))
            _run(
                "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-unlogged-table-data",
                *(f'--exclude-table-data={schema}."{table}"' for table in left_out),
                f"--snapshot={snapshot}", f"--file={path}", settings=connection.settings_dict,
            )  # fmt: skip
            rows = {}
            for table in kept:
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (names from the catalogue)
                rows[table] = cursor.fetchone()[0]
    finally:
        connection.close()
    return path, rows


def is_empty() -> bool:
    """Whether the schema has no table at all."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
        return bool(cursor.fetchone()[0] == 0)


def load(path: Path, rows: dict[str, int]) -> None:
    """Put a dump in the place of everything in the schema, in one transaction: all of it or nothing.

    Needs the owner of the database; afterwards deploy/postgresql/roles.sql must be run again.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_schema(), 'public')")
        schema = cursor.fetchone()[0]
    connection.close()
    settings = connection.settings_dict
    listing = _run("pg_restore", "--list", str(path), settings=settings)
    try:
        psql = subprocess.Popen(
            ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"],  # noqa: S607
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(settings),
        )  # fmt: skip
    except FileNotFoundError:
        raise BackupError(f"psql is not installed. {INSTALL}") from None
    assert psql.stdin and psql.stderr and listing  # noqa: PT018
    try:
        psql.stdin.write(f'BEGIN;\nDROP SCHEMA "{schema}" CASCADE;\nCREATE SCHEMA "{schema}";\n'.encode())
        psql.stdin.flush()
        _run("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(path), settings=settings, out=psql.stdin)
        # Only what was written to the end is kept: without this line psql leaves, and the old database stays.
        psql.stdin.write(_compared(schema, rows).encode() + b"COMMIT;\n")
        psql.stdin.close()
    except BrokenPipeError:
        pass  # psql says why, below
    except BackupError:
        psql.kill()
        psql.wait()
        raise
    complaint = psql.stderr.read().decode(errors="replace")
    if psql.wait():
        raise _explained("psql", complaint)


def _compared(schema: str, rows: dict[str, int]) -> str:
    """SQL that fails, and with it the whole restore, where a table has not the rows that the backup had."""
    checks = "".join(
        f'IF (SELECT count(*) FROM "{schema}"."{table}") <> {int(count)} THEN '  # noqa: S608
        f"RAISE EXCEPTION 'rows are missing from {table}'; END IF;\n"
        for table, count in rows.items()
    )
    return f"DO $check$ BEGIN\n{checks}END $check$;\n"


def _run(*command: str, settings: dict[str, Any], out: Any = subprocess.PIPE) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603
            command, stdout=out, stderr=subprocess.PIPE, env=_environment(settings), check=False
        )
    except FileNotFoundError:
        raise BackupError(f"{command[0]} is not installed. {INSTALL}") from None
    if done.returncode:
        raise _explained(command[0], done.stderr.decode(errors="replace"))
    return done.stdout or b""


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    """What the client programs are told, where no list of processes shows it."""
    options = settings.get("OPTIONS", {})
    told = {
        "PGHOST": settings.get("HOST"),
        "PGPORT": settings.get("PORT"),
        "PGUSER": settings.get("USER"),
        "PGPASSWORD": settings.get("PASSWORD"),
        "PGDATABASE": settings.get("NAME"),
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
    }
    return {**os.environ, "LC_ALL": "C", **{name: str(value) for name, value in told.items() if value}}


def _explained(program: str, complaint: str) -> BackupError:
    """What a client program said, in words. Its own are not passed on whole: they may quote a row."""
    if "version mismatch" in complaint or "unsupported version" in complaint:
        return BackupError(f"{program} is older than the server or the backup. {INSTALL}")
    if "No space left" in complaint:
        return BackupError("The disk is full. Nothing was changed: make room, then run this again.")
    if "permission denied" in complaint or "must be owner" in complaint:
        return BackupError(
            "This role of the database may not do that. Back up with SEALED_DATABASE_URL set; restore with DATABASE_URL "
            "naming the owner of the database."
        )
    if found := re.search(r"rows are missing from \w+", complaint):
        return BackupError(f"After the restore {found[0]}. The old database was left as it was.")
    first = next((line for line in complaint.splitlines() if "rror" in line), complaint.strip()[:200])
    return BackupError(f"{program} failed: {first[:300]}")
