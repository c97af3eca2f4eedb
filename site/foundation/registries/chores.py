"""Chores: what a room wants done every few minutes, or once a day (`manage.py housekeeping`)."""

from collections.abc import Callable
from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class Chore:
    """Something to do again and again; doing it twice does no harm."""

    run: Callable[[], int]
    """Does it, and says how many things it touched."""
    is_daily: bool = True


chores: Registry[Chore] = Registry("what is done again and again")
