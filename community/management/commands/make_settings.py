"""manage.py make_settings N: thousands of invented settings, to measure with."""

from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.demo.many import make_many


class Command(BaseCommand):
    """The same seed makes the same settings. Nothing is taken away: use a database of its own."""

    help = "Make so many listed, invented settings in bulk (demo mode only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, number: int, seed: int, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Invented settings are made only in demo mode (DEMO_MODE=1).")
        began = perf_counter()
        make_many(number=number, seed=seed)
        self.stdout.write(f"{number} settings in {perf_counter() - began:.0f} s.")
