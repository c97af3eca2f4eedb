"""What a room brings along when a site is set up or the demonstration is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .base import Registry


@dataclass(frozen=True)
class DemoPart:
    """What one room adds; loading it twice adds nothing twice."""

    load: Callable[[bool], int]
    """`load(refresh)`: adds what is missing, with `refresh` puts back what differs; how many things it touched."""
    is_for_everybody: bool = False
    """Whether every partnership starts with it (a standard, a pick-list), not the demonstration alone."""


demo_parts: Registry[DemoPart] = Registry("what a room adds to the demonstration; loaded in the order of the names")


def working_day(day: date) -> date:
    """The day itself, or the next on which something may be held: not at a weekend, nor about Christmas. Rooms that show the
    same invented date (an event's page, its booking) find the same day."""
    if (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 4):
        day += timedelta(days=20)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
