"""What somebody with the database's files can read about the order in which answers came. Independent of our services:
it looks at files and at the server's own columns."""

import json
import re
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

FIRST, COUNT = 100, 200
"""PLACE of the pupils in the order of answering: FIRST, FIRST + 1, … Three digits each, so that bytes can be searched."""
_ROW = re.compile(rb"\[([1-9][0-9][0-9]), ?[0-9-]+[],]")


def rank_correlation(found: list[int]) -> float:
    """Spearman's rank correlation between an order that was found and the order of answering; `found` has no ties."""
    n = len(found)
    ranks = {value: rank for rank, value in enumerate(sorted(found))}
    total = sum((place - ranks[value]) ** 2 for place, value in enumerate(found))
    return 1 - 6 * total / (n * (n * n - 1))


def orders_in(path: Path | None) -> dict[str, list[int]]:
    """Every order of the sealed answers that can be read, by the name of where it was read; PLACE of each row."""
    return _sqlite_orders(path) if path is not None else _postgresql_orders()


def places_in_bytes(content: bytes) -> list[int]:
    """PLACE of every array of answers that can be read in these bytes, in the order of the bytes."""
    return [int(match.group(1)) for match in _ROW.finditer(content)]


def _sqlite_orders(path: Path) -> dict[str, list[int]]:
    wal = path.with_name(f"{path.name}-wal")
    found = {"file bytes": places_in_bytes(path.read_bytes())}
    in_wal = places_in_bytes(wal.read_bytes()) if wal.exists() else []
    if in_wal:
        found["-wal"] = in_wal
    reader = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    try:
        for name, order in (("plain select", ""), ("key", "ORDER BY id")):
            rows = reader.execute(f"SELECT answers FROM surveys_sealed {order}")
            found[name] = [json.loads(row[0])[0] for row in rows]
        dump = "\n".join(line for line in reader.iterdump() if "surveys_sealed" in line)
        found["dump"] = places_in_bytes(dump.encode())
        with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
            reader.execute("SELECT answers FROM surveys_sealed ORDER BY rowid")
    finally:
        reader.close()
    return found


def _postgresql_orders() -> dict[str, list[int]]:
    found = {}
    with connection.cursor() as cursor:
        orders = {"plain select": "", "ctid": "ORDER BY ctid", "key": "ORDER BY id", "xmin": "ORDER BY age(xmin) DESC"}
        for name, order in orders.items():
            cursor.execute(f"SELECT (answers->>0)::int FROM surveys_sealed {order}")
            found[name] = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT count(DISTINCT xmin::text), count(DISTINCT cmin::text) FROM surveys_sealed")
        assert cursor.fetchone() == (1, 1), "one transaction and one command must stand on all rows"
    settings = connection.settings_dict
    dump = subprocess.run(
        ["pg_dump", "-h", settings["HOST"], "-p", str(settings["PORT"] or 5432), "-U", settings["USER"],
         "--data-only", "--no-unlogged-table-data", "-t", "surveys_sealed", settings["NAME"]],
        check=True, capture_output=True,
    ).stdout  # fmt: skip
    found["dump"] = places_in_bytes(dump)
    return found
