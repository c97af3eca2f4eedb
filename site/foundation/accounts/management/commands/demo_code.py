"""`manage.py demo_code`: the code that opens the second door of the demonstration now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.accounts import demo


class Command(BaseCommand):
    help = "Prints the current code of the demo people's authenticator (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("There is no demo code: DEMO_MODE is off.")
        self.stdout.write(demo.current_code())
