"""Connects releases to the rest of the site."""

from .permissions import register_permissions


def connect() -> None:
    """Who may do what."""
    register_permissions()
