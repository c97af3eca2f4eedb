"""`manage.py backup DEST`: the database and the uploads in one file, without what we promised to forget."""

import contextlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from foundation.backups.errors import BackupError
from foundation.backups.services import make_backup, verify_backup
from foundation.jobs.running import note_backup


class Command(BaseCommand):
    help = (
        "Writes a backup of the database and the uploads into a folder (or to a new file). The site may go on working."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("destination", type=Path, help="a folder that exists, or the name of a new file")
        parser.add_argument("--keep-days", type=int, help="delete older backups in that folder when this one is whole")
        parser.add_argument(
            "--check", action="store_true", help="write nothing: read the backup of that name and check it"
        )

    def handle(self, *, destination: Path, keep_days: int | None, check: bool, **_options: Any) -> None:
        if keep_days is not None and keep_days < 1:
            raise CommandError("--keep-days must be 1 or more.")
        try:
            path = destination if check else make_backup(destination=destination, keep_days=keep_days)
            manifest = verify_backup(source=path)
            if not check:
                # Before an upgrade the table may not be there yet; the backup is whole all the same.
                with contextlib.suppress(DatabaseError):
                    note_backup()
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{path}: {path.stat().st_size / 2**20:,.1f} MB, {sum(manifest.rows.values()):,} rows, "
            f"{len(manifest.files) - 1:,} uploads, read back and whole. Left out: {', '.join(manifest.left_out)}."
        )
