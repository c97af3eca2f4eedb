"""Many rows at once: prepared by Django's fields, written by the driver's own loop.

`bulk_create` builds one long statement after the other, and most of its time goes into their text: for the half a million
words of ten thousand listings that is most of a rebuild.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

_CHUNK = 5_000


def insert_objects(model: type[Model], objects: Iterable[Model]) -> None:
    """Insert new rows, all columns, without signals; a key that the database draws is not read back."""
    fields = [field for field in model._meta.concrete_fields if not _drawn_by_database(field)]
    _insert(
        model,
        fields,
        (
            tuple(field.get_db_prep_save(field.pre_save(each, add=True), connection) for field in fields)
            for each in objects
        ),
    )


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as values in the order of these fields' names; the database must have a default for the rest."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    _insert(
        model,
        fields,
        (
            tuple(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True))
            for row in rows
        ),
    )


def _drawn_by_database(field: Any) -> bool:
    return field.primary_key and field.db_returning


def _insert(model: type[Model], fields: Sequence[Any], rows: Iterator[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Names of our own models alone; every value is a parameter.
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, _CHUNK)):
            cursor.executemany(sql, chunk)
