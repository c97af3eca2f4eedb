"""Test databases on SQLite begin as a copy of the migrated empty one that a first `make run` starts from.

Going through some three hundred migrations costs 20 seconds of CPU for every process of the tests; what the copy lacks is
migrated as ever, and `test_fresh_database` compares the copy itself with the migrations.
"""

import gzip
import shutil
import sqlite3
import tempfile
from pathlib import Path

from django.db.backends.sqlite3.creation import DatabaseCreation

FRESH = Path(__file__).resolve().parents[1] / "site" / "cscp" / "fresh.sqlite3.gz"
_open: list[sqlite3.Connection] = []
"""A shared database in memory lives as long as somebody is connected to it."""


def start_from_fresh() -> None:
    """Let Django's test databases on SQLite start from the copy."""
    create = DatabaseCreation._create_test_db

    def create_from_fresh(self: DatabaseCreation, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name = str(self._get_test_db_name())
        in_memory = self.is_in_memory_db(name)
        was_there = not in_memory and Path(name).exists() and keepdb
        created = create(self, verbosity, autoclobber, keepdb)
        if not was_there:
            _copy(name, in_memory=in_memory)
        return created

    DatabaseCreation._create_test_db = create_from_fresh


def _copy(name: str, *, in_memory: bool) -> None:
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as unpacked:
        with gzip.open(FRESH) as packed:
            shutil.copyfileobj(packed, unpacked)
        unpacked.flush()
        source = sqlite3.connect(unpacked.name)
        target = sqlite3.connect(name, uri=in_memory)
        source.backup(target)
        source.close()
    if in_memory:
        _open.append(target)
    else:
        target.close()
