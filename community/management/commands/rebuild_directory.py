"""manage.py rebuild_directory: draw the directory's index anew from the published snapshots."""

from typing import Any

from django.core.management.base import BaseCommand

from community.directory.indexing import rebuild


class Command(BaseCommand):
    """Safe at any time: readers see the old index until the new one is complete."""

    help = "Draw the directory's search index anew from the published snapshots."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} listings.")
