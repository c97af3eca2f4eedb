"""Tables that a phone shows as blocks: each cell knows its column's name."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from django import template

register = template.Library()
FROM_COLUMNS = 3
"""Two columns fit on the narrowest phone."""


@register.simple_tag
def stacks_on_phones(header: Sequence[Any] | None, has_row_headings: object) -> bool:
    """Whether a table becomes a block for each row: it needs a heading for the block and a name for each cell."""
    return bool(has_row_headings) and len(header or ()) >= FROM_COLUMNS


@register.filter
def under_names(row: Iterable[Any], header: Sequence[Any] | None) -> list[tuple[Any, Any]]:
    """A row's cells, each with the name of its column: [(name, cell)]; the name is empty where the header is shorter."""
    cells = list(row)
    return list(zip_longest(list(header or ())[: len(cells)], cells, fillvalue=""))
