"""manage.py build_postcodes SOURCE: cut an area's table out of the ONS Postcode Directory."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.places.build import NotTheDirectory, build


class Command(BaseCommand):
    """For a new edition, or another partnership."""

    help = "Cut the postcodes of an area and its surroundings out of the ONS Postcode Directory (a CSV file)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="the directory, as the ONS publishes it")
        parser.add_argument("--area", action="append", required=True, help="code of the local authority: E09000007")
        parser.add_argument("--ring", type=int, default=2_000, help="metres around it (2000)")
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows, digest = build(
                source=options["source"], areas=set(options["area"]), ring=options["ring"], output=options["output"]
            )
        except (OSError, NotTheDirectory) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{rows} rows, SHA-256 of the unpacked file {digest}")
