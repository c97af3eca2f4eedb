"""`manage.py setup_roles`: make the groups as the code says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts.role_setup import UnknownPermission, UnknownRole, set_up_roles


class Command(BaseCommand):
    help = "Makes the groups with exactly the permissions that are written in the code; safe to run again."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        try:
            changes = set_up_roles()
        except (UnknownPermission, UnknownRole) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        if verbosity:
            self.stdout.write("\n".join(changes) or "The roles are as they should be.")
