"""`manage.py load_standard`: the safeguarding standard and the award schemes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...quality.services.standard import load_all


class Command(BaseCommand):
    help = "Loads the safeguarding standard and the award schemes. What is there stays, unless --refresh is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--refresh", action="store_true", help="put the words back to what the files say")

    def handle(self, *, refresh: bool, **options: Any) -> None:
        self.stdout.write(f"{load_all(refresh)} rows made or put back.")
