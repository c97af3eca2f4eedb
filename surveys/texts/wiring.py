"""Connects texts to the rest of the site: who may read them, and the daily mail."""

from foundation.registries.chores import Chore, chores

from .permissions import register_permissions


def connect() -> None:
    """Once."""
    from .reminders import remind_of_texts

    register_permissions()
    chores.register("surveys: remind moderators of texts that wait", Chore(remind_of_texts))
