"""manage.py republish_shape: after the shape of the public document changed, publish what stands in an older one anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.moderation.services.reshaping import of_older_shape, republish_older_shapes


class Command(BaseCommand):
    """`run_clocks` does it too, once a day."""

    help = "Bring the pages in public to today's shape of the public document. Safe to run again; lifts nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self.stdout.write(f"{len(list(of_older_shape()))} pages have an older shape. Nothing changed.")
        else:
            self.stdout.write(f"{republish_older_shapes()} pages published anew.")
