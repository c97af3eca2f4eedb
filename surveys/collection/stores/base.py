"""What a database must be able to do with answers."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True)
class Group:
    """Rows that are mixed with one another: one wave, school (None outside school) and year group."""

    wave_id: int
    school_id: int | None
    year_group: int


class Store(ABC):
    """One connection; every verb but `clean` stands inside a transaction of the caller."""

    def __init__(self, alias: str) -> None:
        self.connection = connections[alias]

    @abstractmethod
    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement with bound values (`%s`) past every query log; the rows that it gave."""

    @abstractmethod
    def lock(self, name: str) -> None:
        """Wait until nobody else holds this name, and hold it to the end of the transaction."""

    @abstractmethod
    def key(self, value: uuid.UUID) -> Any:
        """A UUID as this database keeps it."""

    @abstractmethod
    def hold(self, session_id: uuid.UUID, nonce_hash: str, answers: str) -> bool:
        """Put one row into the holding table; False where this nonce stands there already."""

    @abstractmethod
    def hold_at_once(self, session_id: uuid.UUID, nonce_hash: str, answers: str, *, state: str, most: int) -> bool:
        """One statement outside a transaction, for what nearly every answer is: put the row in while the session is in this
        state, holds some rows and fewer than `most`, and not this one. False: nothing was done, and `hold` finds out why."""

    @abstractmethod
    def hold_many(self, session_id: uuid.UUID, rows: Sequence[str]) -> None:
        """Put many rows into the holding table at once, as from paper; nobody sends them twice, so nonces are made up."""

    @abstractmethod
    def hold_text(self, session_id: uuid.UUID, code: str, text: str) -> None:
        """Put one encrypted text into its own holding table."""

    @abstractmethod
    def pool(self, session_id: uuid.UUID, group: Group) -> None:
        """Move a session's rows to the pool of its group, and write the whole pool anew in random order."""

    @abstractmethod
    def seal(self, session_id: uuid.UUID | None, group: Group, length: int) -> None:
        """Move a session's rows and its group's pool to the sealed rows, and write all sealed rows of the group anew
        in random order, each an array of `length` numbers."""

    @abstractmethod
    def seal_phase(self, wave_id: int, years: Sequence[int], merged: Group, length: int) -> None:
        """Move every pool of these years to the sealed rows of the merged group."""

    @abstractmethod
    def mix_texts(self, session_id: uuid.UUID, wave_id: int, phase: str) -> None:
        """Move a session's texts to the moderators' table, and write all texts of the wave anew in random order."""

    @abstractmethod
    def clean(self) -> None:
        """Wipe what deleted rows left behind in the files. Outside a transaction, while nobody is answering."""

    @abstractmethod
    def may_seal(self) -> bool:
        """Whether this connection's role may read and write sealed rows: the web's on PostgreSQL may not."""

    @abstractmethod
    def has_shorter_rows(self, wave_id: int, length: int) -> bool:
        """Whether a sealed row of the wave has fewer places than its codebook."""

    def count_held(self, session_id: uuid.UUID) -> int:
        """How many rows a session has in the holding table."""
        return self._count("surveys_held", "session_id = %s", [self.key(session_id)])

    def holds(self, session_id: uuid.UUID, nonce_hash: str) -> bool:
        """Whether these very answers stand in the holding table."""
        return bool(
            self._count("surveys_held", "session_id = %s AND nonce_hash = %s", [self.key(session_id), nonce_hash])
        )

    def count_pool(self, group: Group) -> int:
        """How many rows wait in the pool of a group."""
        return self._count("surveys_pooled", *self.within(group))

    def count_pools(self, wave_id: int, years: Sequence[int]) -> int:
        """How many rows wait in all pools of these years."""
        return self._count("surveys_pooled", *_years(wave_id, years))

    def drop_pools(self, wave_id: int, years: Sequence[int]) -> None:
        """Delete what waits in all pools of these years."""
        condition, values = _years(wave_id, years)
        self.execute(f"DELETE FROM surveys_pooled WHERE {condition}", values)  # noqa: S608

    def delete_wave(self, wave_id: int) -> int:
        """Delete all sealed and pooled rows of a wave, and the true counts and seeds behind its releases; how many rows."""
        releases = "SELECT id FROM surveys_release WHERE wave_id = %s"
        self.execute(f"DELETE FROM surveys_releasetruth WHERE release_id IN ({releases})", [wave_id])  # noqa: S608
        self.execute("UPDATE surveys_release SET seed = NULL WHERE wave_id = %s", [wave_id])
        count = 0
        for table in ("surveys_sealed", "surveys_pooled"):
            count += self._count(table, "wave_id = %s", [wave_id])
            self.execute(f"DELETE FROM {table} WHERE wave_id = %s", [wave_id])  # noqa: S608
        return count

    def count_sealed(self, group: Group) -> int:
        """How many sealed rows a group has."""
        return self._count("surveys_sealed", *self.within(group))

    def drop_held(self, session_id: uuid.UUID) -> None:
        """Delete what a session holds."""
        for table in ("surveys_held", "surveys_held_text"):
            self.execute(f"DELETE FROM {table} WHERE session_id = %s", [self.key(session_id)])  # noqa: S608

    def within(self, group: Group) -> tuple[str, list[Any]]:
        """`(condition, values)` that picks the rows of a group."""
        values: list[Any] = [group.wave_id, group.year_group]
        if group.school_id is None:
            return "wave_id = %s AND year_group = %s AND school_id IS NULL", values
        return "wave_id = %s AND year_group = %s AND school_id = %s", [*values, group.school_id]

    def _count(self, table: str, condition: str, values: list[Any]) -> int:
        return int(self.execute(f"SELECT count(*) FROM {table} WHERE {condition}", values)[0][0])  # noqa: S608


def _years(wave_id: int, years: Sequence[int]) -> tuple[str, list[Any]]:
    places = ", ".join(["%s"] * len(years))
    return f"wave_id = %s AND year_group IN ({places})", [wave_id, *years]
