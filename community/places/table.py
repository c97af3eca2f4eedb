"""The table of postcodes: from its file into the database, and the districts with it."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.core.cache import cache
from django.db import connection, transaction

from ..register.models import Postcode
from .hexes import shapes_of
from .models import District

SHIPPED = Path(__file__).parent / "data" / "postcodes.csv.gz"
ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right 2025.",
    "Contains Royal Mail data © Royal Mail copyright and database right 2025.",
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
)
"""The three lines that the licence asks for wherever the data is used."""
REACH_KM = 2
"""How far beyond the area the shipped table reaches."""
_BATCH = 5_000
_COLUMNS = ("postcode", "easting", "northing", "lat", "lon")


class NotAPostcodeTable(ValueError):
    """The file is not what `build_postcodes` makes. The message says in which line."""


@transaction.atomic
def import_postcodes(*, path: Path = SHIPPED) -> int:
    """Replace the table and the districts by those of a file; answers the number of postcodes. About two seconds.

    Raises:
        NotAPostcodeTable: a column is missing or a value is no number; the table stays as it was.
    """
    rows = list(_read(path))
    Postcode.objects.all().delete()
    _store(rows)
    _draw_districts(rows)
    transaction.on_commit(forget_districts)
    return len(rows)


def ensure_postcodes() -> int:
    """Load the shipped table where there is none yet; answers how many postcodes were loaded."""
    return 0 if Postcode.objects.exists() else import_postcodes()


def forget_districts() -> None:
    """Read them anew for the next map."""
    cache.delete_many([DISTRICTS_KEY, EXAMPLE_KEY])


DISTRICTS_KEY = "community-districts"
EXAMPLE_KEY = "community-example-district"


def districts() -> list[District]:
    """All districts of the table; read once, then kept until the table is imported anew."""
    known: list[District] | None = cache.get(DISTRICTS_KEY)
    if known is None:
        known = list(District.objects.all())
        cache.set(DISTRICTS_KEY, known, 3_600)
    return known


def _read(path: Path) -> Iterator[Postcode]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = list(reader.fieldnames or [])
        flag = next((name for name in ("in_area", "in_camden") if name in names), None)
        if flag is None or not set(_COLUMNS) <= set(names):
            raise NotAPostcodeTable(
                f"Expected the columns {', '.join(_COLUMNS)} and in_area; found {', '.join(names)}."
            )
        for number, row in enumerate(reader, start=2):
            try:
                yield Postcode(
                    code=row["postcode"],
                    outward=row["postcode"].split(" ")[0],
                    easting=int(row["easting"]),
                    northing=int(row["northing"]),
                    latitude=float(row["lat"]),
                    longitude=float(row["lon"]),
                    in_area=row[flag] == "1",
                )
            except (ValueError, TypeError) as error:
                raise NotAPostcodeTable(f"Line {number} of {path.name} cannot be read.") from error


def _store(rows: list[Postcode]) -> None:
    """One statement for all rows: `bulk_create` makes hundreds on SQLite, which takes four times as long."""
    fields = Postcode._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(Postcode._meta.db_table)
    # Only names of our own columns are put together here; the values travel apart.
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _BATCH):
            values = [[getattr(row, field.attname) for field in fields] for row in rows[start : start + _BATCH]]
            cursor.executemany(statement, values)


def _draw_districts(rows: list[Postcode]) -> None:
    of_district: dict[str, list[Postcode]] = defaultdict(list)
    for row in rows:
        of_district[row.outward].append(row)
    shapes = shapes_of((row.outward, row.easting, row.northing) for row in rows if row.in_area)
    District.objects.all().delete()
    District.objects.bulk_create(
        District(
            outward=outward,
            easting=round(sum(row.easting for row in found) / len(found)),
            northing=round(sum(row.northing for row in found) / len(found)),
            postcodes=len(found),
            in_area=sum(row.in_area for row in found),
            outline=shapes[outward].path if outward in shapes else "",
            label_x=label[0] if (label := outward in shapes and shapes[outward].label) else None,
            label_y=label[1] if label else None,
        )
        for outward, found in sorted(of_district.items())
    )
