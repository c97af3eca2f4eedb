"""manage.py load_demo_settings: the registry's part of the demonstration, alone."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.demo.lists import load_lists
from community.demo.loading import load_demo_settings
from community.quality.services.standard import load_all


class Command(BaseCommand):
    """`load_demo` does this too; what is there already stays."""

    help = "Add the fifty invented settings of the demonstration (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Invented settings are made only in demo mode (DEMO_MODE=1).")
        load_lists()
        load_all(False)
        self.stdout.write(f"{load_demo_settings()} settings made.")
