"""PostgreSQL: one statement moves and mixes rows, so that one transaction number stands on them all.

A row's place in the file (ctid) then says nothing, for the rows came in random order; its transaction (xmin) says
nothing, for it is the same on every row of the group.
"""

import secrets
import uuid
from collections.abc import Sequence
from typing import Any

import psycopg

from ...codes import Missing
from .base import Group, Store

_LENGTHENED = """answers || coalesce((SELECT jsonb_agg(%s::int)
    FROM generate_series(jsonb_array_length(answers) + 1, %s::int)), '[]'::jsonb)"""


class PostgresqlStore(Store):
    """See the module."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors, psycopg.Cursor(self.connection.connection) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def lock(self, name: str) -> None:
        self.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 5))", [name])

    def key(self, value: uuid.UUID) -> uuid.UUID:
        return value

    def hold(self, session_id: uuid.UUID, nonce_hash: str, answers: str) -> bool:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors, psycopg.Cursor(self.connection.connection) as cursor:
            # No RETURNING: the web's role may write answers, and not read them.
            cursor.execute(
                "INSERT INTO surveys_held (session_id, nonce_hash, answers) VALUES (%s, %s, %s::jsonb) "
                "ON CONFLICT DO NOTHING",
                [session_id, nonce_hash, answers],
            )
            return cursor.rowcount == 1

    def hold_at_once(self, session_id: uuid.UUID, nonce_hash: str, answers: str, *, state: str, most: int) -> bool:
        found = self.execute(
            "SELECT surveys_hold_at_once(%s::uuid, %s::text, %s::text, %s::jsonb, %s::text, %s::int)",
            [session_id, session_id.hex, nonce_hash, answers, state, most],
        )
        return bool(found[0][0])

    def hold_many(self, session_id: uuid.UUID, rows: Sequence[str]) -> None:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors, psycopg.Cursor(self.connection.connection) as cursor:
            cursor.executemany(
                "INSERT INTO surveys_held (session_id, nonce_hash, answers) VALUES (%s, %s, %s::jsonb)",
                [(session_id, secrets.token_hex(32), row) for row in rows],
            )

    def hold_text(self, session_id: uuid.UUID, code: str, text: str) -> None:
        self.execute(
            "INSERT INTO surveys_held_text (id, session_id, question_code, text) VALUES (gen_random_uuid(), %s, %s, %s)",
            [session_id, code, text],
        )

    def pool(self, session_id: uuid.UUID, group: Group) -> None:
        condition, values = self.within(group)
        self.execute(
            f"""WITH held AS (DELETE FROM surveys_held WHERE session_id = %s RETURNING answers),
            pool AS (DELETE FROM surveys_pooled WHERE {condition} RETURNING answers)
            INSERT INTO surveys_pooled (id, wave_id, school_id, year_group, answers)
            SELECT gen_random_uuid(), %s::bigint, %s::bigint, %s::smallint, answers
            FROM (SELECT answers FROM held UNION ALL SELECT answers FROM pool) AS rows
            ORDER BY gen_random_uuid()""",  # noqa: S608
            [session_id, *values, group.wave_id, group.school_id, group.year_group],
        )

    def seal(self, session_id: uuid.UUID | None, group: Group, length: int) -> None:
        condition, values = self.within(group)
        self.execute(
            f"""WITH held AS (DELETE FROM surveys_held WHERE session_id = %s::uuid RETURNING answers),
            pool AS (DELETE FROM surveys_pooled WHERE {condition} RETURNING answers),
            sealed AS (DELETE FROM surveys_sealed WHERE {condition} RETURNING answers)
            INSERT INTO surveys_sealed (id, wave_id, school_id, year_group, answers)
            SELECT gen_random_uuid(), %s::bigint, %s::bigint, %s::smallint, {_LENGTHENED}
            FROM (SELECT answers FROM held UNION ALL SELECT answers FROM pool UNION ALL SELECT answers FROM sealed)
                AS rows ORDER BY gen_random_uuid()""",  # noqa: S608
            [
                session_id,
                *values,
                *values,
                group.wave_id,
                group.school_id,
                group.year_group,
                int(Missing.NOT_ASKED),
                length,
            ],
        )

    def seal_phase(self, wave_id: int, years: Sequence[int], merged: Group, length: int) -> None:
        condition, values = self.within(merged)
        self.execute(
            f"""WITH pool AS (
                DELETE FROM surveys_pooled WHERE wave_id = %s AND year_group = ANY(%s::smallint[]) RETURNING answers),
            sealed AS (DELETE FROM surveys_sealed WHERE {condition} RETURNING answers)
            INSERT INTO surveys_sealed (id, wave_id, school_id, year_group, answers)
            SELECT gen_random_uuid(), %s::bigint, %s::bigint, %s::smallint, {_LENGTHENED}
            FROM (SELECT answers FROM pool UNION ALL SELECT answers FROM sealed) AS rows
            ORDER BY gen_random_uuid()""",  # noqa: S608
            [
                wave_id,
                list(years),
                *values,
                merged.wave_id,
                merged.school_id,
                merged.year_group,
                int(Missing.NOT_ASKED),
                length,
            ],
        )

    def mix_texts(self, session_id: uuid.UUID, wave_id: int, phase: str) -> None:
        self.execute(
            """WITH held AS (DELETE FROM surveys_held_text WHERE session_id = %s RETURNING question_code, text),
            known AS (DELETE FROM surveys_text_answer WHERE wave_id = %s
                RETURNING id, phase, question_code, text, state)
            INSERT INTO surveys_text_answer (id, wave_id, phase, question_code, text, state)
            SELECT id, %s::bigint, phase, question_code, text, state FROM (
                SELECT gen_random_uuid() AS id, %s::varchar AS phase, question_code, text, 'waiting' AS state FROM held
                UNION ALL SELECT id, phase, question_code, text, state FROM known) AS rows
            ORDER BY gen_random_uuid()""",
            [session_id, wave_id, wave_id, phase],
        )

    def clean(self) -> None:
        for table in ("surveys_held", "surveys_held_text", "surveys_pooled", "surveys_sealed", "surveys_text_answer"):
            self.execute(f"VACUUM FULL {table}")
        self.execute("VACUUM FULL surveys_releasetruth")
        self.execute("VACUUM surveys_classsession")

    def may_seal(self) -> bool:
        return bool(self.execute("SELECT has_table_privilege('surveys_sealed', 'SELECT')")[0][0])

    def has_shorter_rows(self, wave_id: int, length: int) -> bool:
        found = self.execute(
            "SELECT EXISTS (SELECT 1 FROM surveys_sealed WHERE wave_id = %s AND jsonb_array_length(answers) < %s)",
            [wave_id, length],
        )
        return bool(found[0][0])
