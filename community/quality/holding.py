"""Until when a thing holds. Pure: no database, no clock."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def holds_on(statement: Mapping[str, Any], day: date) -> bool:
    """Whether a statement or an award of a public document holds on this day in London.

    `expires_on` is its last day, as an ISO date: what is good until the 3rd drops at the midnight that ends the 3rd.
    Without one it holds until somebody withdraws it.
    """
    last = statement.get("expires_on")
    return not last or date.fromisoformat(last) >= day
