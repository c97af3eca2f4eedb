"""Many keys of settings in one value of the database: reading ten thousand rows costs more than counting them."""

from typing import Any

from django.db.models import Aggregate, TextField, Value
from django.db.models.functions import Cast


class Packed(Aggregate):
    """The keys that this field holds in a group, as text with commas between; None where there are none."""

    output_field = TextField()

    def __init__(self, field: str, **extra: Any) -> None:
        super().__init__(Cast(field, TextField()), Value(","), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **extra)


def unpack(packed: str | None) -> list[str]:
    """The keys as the database writes them, as often as they were there."""
    return packed.split(",") if packed else []
