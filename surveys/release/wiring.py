"""Connects releases to the rest of the site."""

from . import gauges
from .permissions import register_permissions


def connect() -> None:
    """Who may do what, and what an operator watches."""
    register_permissions()
    gauges.connect()
