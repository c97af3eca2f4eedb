"""Joins outreach to the rest: chores, demonstration, what roles may do."""

from foundation.registries.chores import Chore, chores
from foundation.registries.demo import DemoPart, demo_parts

from .permissions import register_permissions


def connect() -> None:
    """Once."""
    chores.register("outreach: forget old notes", Chore(_forget))
    chores.register("outreach: forget old counts of posters", Chore(_forget_scans))
    demo_parts.register("community 5: outreach", DemoPart(_load_demo))
    register_permissions()


def _forget() -> int:
    from .services import forget_old_notes

    return forget_old_notes()


def _forget_scans() -> int:
    from .scans import forget_old_scans

    return forget_old_scans()


def _load_demo(refresh: bool) -> int:
    from .demo import load_demo_outreach

    return load_demo_outreach(refresh)
