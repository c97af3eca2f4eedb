"""Does what must be done again and again; run it every five minutes or so (a timer, cron)."""

import logging
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from foundation.registries.chores import Chore, chores

logger = logging.getLogger("foundation.jobs")


class Command(BaseCommand):
    help = "Publish what is due, send waiting mail; once a day also forget what is past its time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="do the daily chores now, whatever was done today")

    def handle(self, *args: Any, **options: Any) -> None:
        is_first_today = cache.add(f"housekeeping-{timezone.localdate()}", 1, 26 * 3600)
        call_command("publish_scheduled", verbosity=0)
        for name, chore in chores.items():
            if options["all"] or is_first_today or not chore.is_daily:
                self._do(name, chore)
        if options["all"] or is_first_today:
            call_command("clearsessions", verbosity=0)
            if settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
                call_command("prune_db_task_results", min_age_days=14, verbosity=0)

    def _do(self, name: str, chore: Chore) -> None:
        """One chore that fails must not keep the others from being done."""
        try:
            count = chore.run()
        except Exception:
            logger.exception("a chore failed", extra={"event": "chore_failed", "task": name})
            self.stderr.write(f"{name}: failed")
            return
        if count:
            self.stdout.write(f"{name}: {count}")
