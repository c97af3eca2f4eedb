"""Make the translations of the site's own words ready for use."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.languages.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/django.po where it has changed. Needs no gettext on the machine."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for file in compile_catalogues():
            if options["verbosity"]:
                self.stdout.write(f"Made {file}")
