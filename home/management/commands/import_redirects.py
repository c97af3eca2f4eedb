"""`manage.py import_redirects FILE.csv`: old addresses that people still have."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Site

from home.content.redirects import import_redirects


class Command(BaseCommand):
    help = "Imports redirects from a CSV with the columns old_path,new_path. Rows with errors are listed and left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            raise CommandError("There is no site yet: run setup_partnership or load_demo first.")
        try:
            report = import_redirects(file=file, site=site, dry_run=dry_run)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read as a UTF-8 text file: {error}") from error
        for row, reason in report.errors:
            self.stderr.write(f"row {row}: {reason}")
        would = " (dry run: nothing was written)" if dry_run else ""
        self.stdout.write(f"{report.created} made, {report.changed} changed, {report.kept} as they were{would}")
        if report.errors:
            raise CommandError(f"{len(report.errors)} rows were left out.")
