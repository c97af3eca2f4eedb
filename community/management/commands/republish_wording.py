"""After an item of the standard was worded anew: take its words into every published page. Says what it would do first."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.quality.services.republishing import republish_wording


class Command(BaseCommand):
    help = "Count the pages that say old words of the standard; with --publish, publish them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--publish", action="store_true", help="Do it. Without this nothing changes.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = republish_wording(is_dry_run=not options["publish"])
        verb = "Published anew" if options["publish"] else "Would be published anew (nothing changed)"
        self.stdout.write(f"{verb}: {done.pages} of {done.looked_at} pages.")
        for code, pages in done.by_item():
            self.stdout.write(f"  {code}: {pages}")
