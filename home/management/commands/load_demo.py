"""`manage.py load_demo`: the demonstration content."""

from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.registries.demo import demo_parts
from home.content.errors import ContentError
from home.content.loader import CAMDEN, load_content


class Command(BaseCommand):
    help = "Loads the demonstration content. What is there already stays as it is, unless --refresh is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=CAMDEN, help="another folder of content files")
        parser.add_argument("--refresh", action="store_true", help="put existing pages back to what the files say")
        parser.add_argument(
            "--no-admin-search", action="store_true", help="leave the admin's search index to `manage.py update_index`"
        )
        parser.add_argument("--strict", action="store_true", help="fail if a link leads to no page")

    def handle(
        self,
        *,
        folder: Path,
        refresh: bool,
        strict: bool,
        no_admin_search: bool = False,
        verbosity: int = 1,
        **_options: Any,
    ) -> None:
        began = perf_counter()
        try:
            report = load_content(folder=folder, refresh=refresh, admin_search=not no_admin_search)
        except ContentError as error:
            raise CommandError(str(error)) from error
        added = {name: part.load(refresh) for name, part in demo_parts.items()}
        if strict and report.missing_links:
            raise CommandError(f"These pages are linked to and do not exist: {', '.join(report.missing_links)}")
        if verbosity:
            self.stdout.write(
                f"{report.created} made, {report.refreshed} put back, {report.kept} left as they were, "
                f"in {perf_counter() - began:.1f} s."
            )
            for name, number in added.items():
                self.stdout.write(f"  {name}: {number} made or put back")
            for path in report.missing_links:
                self.stdout.write(f"  linked to, but there is no such page: {path}")
            for row, reason in report.redirects.errors if report.redirects else []:
                self.stdout.write(f"  redirects.csv, row {row}: {reason}")
