"""`manage.py restore SOURCE`: goes back to a backup, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from foundation.backups.errors import BackupError
from foundation.backups.services import restore_backup


class Command(BaseCommand):
    help = "Puts a backup in the place of the database and the uploads. Stop the site first."
    # The checks may ask the database, which is empty here.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="a file that `manage.py backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="lose the database and the uploads that are here now"
        )

    def handle(self, *, source: Path, replace: bool, **_options: Any) -> None:
        try:
            manifest = restore_backup(source=source, may_replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored the backup of {manifest.made_at}: {sum(manifest.rows.values()):,} rows, {len(manifest.files) - 1:,} uploads."
        )
        self.stdout.write("Next: manage.py migrate, then manage.py verify_audit. Everybody has to sign in again.")
        if connection.vendor == "postgresql":
            self.stdout.write("Then run deploy/postgresql/roles.sql again: the tables belong to whoever restored them.")
