"""Has the day's reminders, lapsing and deleting done with the other chores."""

from dataclasses import astuple

from foundation.registries.chores import Chore, chores


def connect() -> None:
    """Once."""
    chores.register("community: what the calendar brings", Chore(_run))


def _run() -> int:
    from .services import run_clocks

    return sum(astuple(run_clocks()))
