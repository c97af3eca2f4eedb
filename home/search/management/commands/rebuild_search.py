"""Makes the search index anew: after a restore, after loading many pages, after a change of the site's address."""

from typing import Any

from django.core.management.base import BaseCommand

from home.search.services import rebuild


class Command(BaseCommand):
    help = "Make the search index anew from all public pages and the files they offer."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild()
        self.stdout.write(f"{count} things can be found.")
