"""Cuts the table of an area and its surroundings out of the ONS Postcode Directory."""

import csv
import gzip
import hashlib
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What the columns are called in one edition or another.
_NAMES = {
    "postcode": ("pcds", "pcd8"),
    "ended": ("doterm",),
    "easting": ("oseast1m", "east1m"),
    "northing": ("osnrth1m", "north1m"),
    "area": ("oslaua", "lad25cd", "lad24cd", "lad23cd"),
    "lat": ("lat",),
    "lon": ("long",),
    "user": ("usertype", "usrtypind"),
}
_LARGE_USER = "1"


class NotTheDirectory(ValueError):
    """The file lacks a column that every edition has."""


@dataclass(frozen=True)
class Row:
    """A live postcode of the directory."""

    postcode: str
    easting: int
    northing: int
    lat: float
    lon: float
    area: str


def build(*, source: Path, areas: set[str], ring: int, output: Path) -> tuple[int, str]:
    """Write the live postcodes in `areas` and within `ring` metres of one in them; answers rows and SHA-256."""
    rows = list(_live(source))
    inside = [row for row in rows if row.area in areas]
    near = _Nearness(inside, ring)
    kept = sorted((row for row in rows if row.area in areas or near.holds(row)), key=lambda row: row.postcode)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["postcode", "easting", "northing", "lat", "lon", "in_area"])
    for row in kept:
        writer.writerow([row.postcode, row.easting, row.northing, row.lat, row.lon, int(row.area in areas)])
    content = text.getvalue().encode()
    # No time in the archive: the same rows make the same file.
    output.write_bytes(gzip.compress(content, 9, mtime=0))
    return len(kept), hashlib.sha256(content).hexdigest()


def _live(source: Path) -> Iterator[Row]:
    with source.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        column = _columns(reader.fieldnames or [])
        for line in reader:
            # Large users are single buildings and boxes; nobody lives or meets there.
            if line[column["ended"]].strip() or line[column["user"]].strip() == _LARGE_USER:
                continue
            if line[column["easting"]].strip():
                yield Row(
                    postcode=line[column["postcode"]].strip(),
                    easting=int(line[column["easting"]]),
                    northing=int(line[column["northing"]]),
                    lat=round(float(line[column["lat"]]), 5),
                    lon=round(float(line[column["lon"]]), 5),
                    area=line[column["area"]].strip(),
                )


def _columns(names: Iterable[str]) -> dict[str, str]:
    given = {name.strip().lower(): name for name in names}
    found = {}
    for key, known in _NAMES.items():
        name = next((given[each] for each in known if each in given), None)
        if name is None:
            raise NotTheDirectory(f"No column for {key}: one of {', '.join(known)} is needed.")
        found[key] = name
    return found


class _Nearness:
    """Whether a postcode is near any of many: looks only into the squares around it."""

    def __init__(self, rows: list[Row], ring: int) -> None:
        self.ring = max(ring, 1)
        self.squares: dict[tuple[int, int], list[Row]] = {}
        for row in rows:
            self.squares.setdefault(self._square(row), []).append(row)

    def holds(self, row: Row) -> bool:
        x, y = self._square(row)
        around = ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        return any(
            math.hypot(other.easting - row.easting, other.northing - row.northing) <= self.ring
            for square in around
            for other in self.squares.get(square, ())
        )

    def _square(self, row: Row) -> tuple[int, int]:
        return row.easting // self.ring, row.northing // self.ring
