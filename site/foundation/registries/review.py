"""Pages due for review: the room that has pages tells the report which ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .base import Registry


@dataclass(frozen=True)
class DuePage:
    """A page whose facts must be checked."""

    page_id: int
    title: str
    owner_role: str
    due_on: date | None


@dataclass(frozen=True)
class ReviewProvider:
    """Answers for one room."""

    due_until: Callable[[date], list[DuePage]]
    """`due_until(day)`: live pages whose check is due on that day or before, and those that have no day."""


review_providers: Registry[ReviewProvider] = Registry("pages due for review")
