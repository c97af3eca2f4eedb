"""Checks of the house as a whole."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from foundation.registries.backups import tables_left_out


@register()
def what_backups_leave_out_exists(**_kwargs: Any) -> list[CheckMessage]:
    """A table that was renamed would slip back into every backup without a word."""
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return [
        Error(
            f"A backup is to leave out the table {entry.table}, which does not exist.",
            hint="Mend the name where it is registered (foundation.registries.backups).",
            id="foundation.E010",
        )
        for entry in tables_left_out()
        if entry.table not in known
    ]
