"""manage.py import_postcodes [FILE]: replace the table of postcodes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.places.table import SHIPPED, NotAPostcodeTable, import_postcodes


class Command(BaseCommand):
    """See `community/places/data/NOTICE.md` for where the file comes from."""

    help = "Replace the table of postcodes and the map's districts by those of a file (made by build_postcodes)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED, help="default: the table that is shipped")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = import_postcodes(path=options["file"])
        except (OSError, NotAPostcodeTable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} postcodes.")
