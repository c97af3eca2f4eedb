"""SQLite: WITHOUT ROWID tables, deleted bytes overwritten, the file written anew when nobody is answering.

`PRAGMA secure_delete` is set with the connection. Only one connection writes at a time, so a lock is the transaction.
"""

import json
import secrets
import uuid
from collections.abc import Sequence
from typing import Any

from ...codes import Missing
from .base import Group, Store

_random = secrets.SystemRandom()
_HOLD_AT_ONCE = """INSERT INTO surveys_held (session_id, nonce_hash, answers) SELECT ?, ?, ?
    WHERE (SELECT state FROM surveys_classsession WHERE id = ?) = ?
    AND (SELECT count(*) FROM surveys_held WHERE session_id = ?) BETWEEN 1 AND ?
    ON CONFLICT DO NOTHING RETURNING 1"""


class SqliteStore(Store):
    """See the module; transactions are IMMEDIATE."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors:
            return list(self.connection.connection.execute(statement.replace("%s", "?"), values))

    def lock(self, name: str) -> None:
        """Nothing to do: the transaction itself keeps every other writer out."""

    def key(self, value: uuid.UUID) -> str:
        return value.hex

    def hold(self, session_id: uuid.UUID, nonce_hash: str, answers: str) -> bool:
        stored = self.execute(
            "INSERT INTO surveys_held (session_id, nonce_hash, answers) VALUES (%s, %s, %s) "
            "ON CONFLICT DO NOTHING RETURNING 1",
            [self.key(session_id), nonce_hash, answers],
        )
        return bool(stored)

    def hold_at_once(self, session_id: uuid.UUID, nonce_hash: str, answers: str, *, state: str, most: int) -> bool:
        key = self.key(session_id)
        # A statement that writes is a transaction of its own, and keeps every other writer out from its first page on.
        stored = self.execute(_HOLD_AT_ONCE, [key, nonce_hash, answers, key, state, key, most - 1])
        return bool(stored)

    def hold_many(self, session_id: uuid.UUID, rows: Sequence[str]) -> None:
        self._many(
            "INSERT INTO surveys_held (session_id, nonce_hash, answers) VALUES (?, ?, ?)",
            [(self.key(session_id), secrets.token_hex(32), row) for row in rows],
        )

    def hold_text(self, session_id: uuid.UUID, code: str, text: str) -> None:
        self.execute(
            "INSERT INTO surveys_held_text (id, session_id, question_code, text) VALUES (%s, %s, %s, %s)",
            [uuid.uuid4().hex, self.key(session_id), code, text],
        )

    def pool(self, session_id: uuid.UUID, group: Group) -> None:
        rows = self._take("surveys_held", "session_id = %s", [self.key(session_id)])
        rows += self._take("surveys_pooled", *self.within(group))
        self._put("surveys_pooled", group, rows)

    def seal(self, session_id: uuid.UUID | None, group: Group, length: int) -> None:
        rows = [] if session_id is None else self._take("surveys_held", "session_id = %s", [self.key(session_id)])
        rows += self._take("surveys_pooled", *self.within(group))
        rows += self._take("surveys_sealed", *self.within(group))
        self._put("surveys_sealed", group, [_lengthened(row, length) for row in rows])

    def seal_phase(self, wave_id: int, years: Sequence[int], merged: Group, length: int) -> None:
        places = ", ".join(["%s"] * len(years))
        rows = self._take("surveys_pooled", f"wave_id = %s AND year_group IN ({places})", [wave_id, *years])
        rows += self._take("surveys_sealed", *self.within(merged))
        self._put("surveys_sealed", merged, [_lengthened(row, length) for row in rows])

    def mix_texts(self, session_id: uuid.UUID, wave_id: int, phase: str) -> None:
        known = self.execute(
            "SELECT id, wave_id, phase, question_code, text, state FROM surveys_text_answer WHERE wave_id = %s",
            [wave_id],
        )
        held = self.execute(
            "SELECT question_code, text FROM surveys_held_text WHERE session_id = %s", [self.key(session_id)]
        )
        rows = known + [(uuid.uuid4().hex, wave_id, phase, code, text, "waiting") for code, text in held]
        _random.shuffle(rows)
        self.execute("DELETE FROM surveys_text_answer WHERE wave_id = %s", [wave_id])
        self.execute("DELETE FROM surveys_held_text WHERE session_id = %s", [self.key(session_id)])
        self._many(
            "INSERT INTO surveys_text_answer (id, wave_id, phase, question_code, text, state) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )

    def clean(self) -> None:
        self.execute("VACUUM")
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def may_seal(self) -> bool:
        return True

    def has_shorter_rows(self, wave_id: int, length: int) -> bool:
        found = self.execute(
            "SELECT EXISTS (SELECT 1 FROM surveys_sealed WHERE wave_id = %s AND json_array_length(answers) < %s)",
            [wave_id, length],
        )
        return bool(found[0][0])

    def _take(self, table: str, condition: str, values: Sequence[Any]) -> list[str]:
        rows = self.execute(f"SELECT answers FROM {table} WHERE {condition}", values)  # noqa: S608
        self.execute(f"DELETE FROM {table} WHERE {condition}", values)  # noqa: S608
        return [row[0] for row in rows]

    def _put(self, table: str, group: Group, rows: list[str]) -> None:
        _random.shuffle(rows)
        self._many(
            f"INSERT INTO {table} (id, wave_id, school_id, year_group, answers) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            [(uuid.uuid4().hex, group.wave_id, group.school_id, group.year_group, row) for row in rows],
        )

    def _many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors:
            self.connection.connection.executemany(statement, rows)


def _lengthened(row: str, length: int) -> str:
    """The array with "not asked" at the places that a correction added: its length must not tell when it came."""
    if row.count(",") + 1 >= length:
        return row
    answers = json.loads(row)
    return json.dumps(answers + [int(Missing.NOT_ASKED)] * (length - len(answers)), separators=(",", ":"))
