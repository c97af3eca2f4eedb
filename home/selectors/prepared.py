"""Queries of public pages whose SQL is made once.

Building a query and writing its SQL takes Django four times as long as SQLite takes to answer it, and every page asks the
same few questions with other values. Here the question is built once, with stand-ins for the values.
"""

import copy
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

Value = int | str | dt.datetime | uuid.UUID | list[int] | list[str]

# Values that no page holds, so that they are found again among the parameters of the SQL.
_NUMBER = 1_987_650_000
_WORD = "stand-in-\N{SNOWMAN}-"
_MOMENT = dt.datetime(1801, 1, 1, tzinfo=dt.UTC)


class _Written(NamedTuple):
    """The SQL of a query, with the place in the values (name, and position in a list) of every parameter."""

    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: dict[int, tuple[str, int | None]]
    converters: dict[int, Any]
    """What makes Python's values of the database's, by column."""


class Prepared:
    """A question with gaps: `build` takes the values by name and gives the query.

    It may use its values only as parameters of the SQL, never to decide anything. Lists must not be empty; each length
    is a question of its own. Values are whole numbers, texts, moments, UUIDs, or lists of the first two.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._written: dict[tuple[Any, ...], _Written] = {}

    def rows(self, **values: Value) -> list[tuple[Any, ...]]:
        """The answer of a `values_list`."""
        return list(self._filled(values).results_iter(tuple_expected=True))

    def objects(self, **values: Value) -> Iterator[Any]:
        """The answer as model objects, with `only` and `select_related` as the query says, without prefetching."""
        asked: Any = _Asked(self._filled(values))
        return iter(ModelIterable(asked))

    def _filled(self, values: dict[str, Value]) -> Any:
        """The compiler of the query, with these values in place of the stand-ins."""
        shape = (connection.alias, connection.vendor, *(len(v) if isinstance(v, list) else 0 for v in values.values()))
        written = self._written.get(shape)
        if written is None:
            written = self._written[shape] = self._write(values)
        parameters = list(written.parameters)
        for position, (name, place) in written.places.items():
            value: Any = values[name]
            value = _as_parameter(value) if place is None else value[place]
            # PostgreSQL's numbers carry their size in their class.
            parameters[position] = type(parameters[position])(value) if isinstance(value, int) else value
        compiler = copy.copy(written.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (written.sql, tuple(parameters))
        compiler.get_converters = lambda _fields: written.converters
        return compiler

    def _write(self, values: dict[str, Value]) -> _Written:
        standing: dict[Any, tuple[str, int | None]] = {}
        given: dict[str, Any] = {}
        for name, value in values.items():
            if isinstance(value, list):
                given[name] = [_stand_in(part, len(standing) + place) for place, part in enumerate(value)]
                standing.update({part: (name, place) for place, part in enumerate(given[name])})
            else:
                given[name] = _stand_in(value, len(standing))
                standing[_as_parameter(given[name])] = (name, None)
        queryset = self._build(**given)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        places = {position: standing[part] for position, part in enumerate(parameters) if _is_one_of(part, standing)}
        missing = set(standing.values()) - set(places.values())
        if missing:
            raise ValueError(f"These values do not stand in the SQL as they are: {sorted(map(str, missing))}")
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        return _Written(compiler, sql, tuple(parameters), places, converters)


class _Asked:
    """As much of a query set as `ModelIterable` looks at."""

    def __init__(self, compiler: Any) -> None:
        self.query, self.db = self, compiler.using or connection.alias
        self._known_related_objects: dict[Any, Any] = {}
        self._compiler = compiler

    def get_compiler(self, **_kwargs: Any) -> Any:
        return self._compiler


def _stand_in(value: Any, number: int) -> Any:
    if isinstance(value, dt.datetime):
        return _MOMENT + dt.timedelta(days=number)
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=_NUMBER + number)
    return f"{_WORD}{number}" if isinstance(value, str) else _NUMBER + number


def _as_parameter(value: Any) -> Any:
    """As Django's fields give it to this database."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _is_one_of(part: Any, standing: dict[Any, Any]) -> bool:
    return isinstance(part, int | str | dt.datetime | uuid.UUID) and not isinstance(part, bool) and part in standing
