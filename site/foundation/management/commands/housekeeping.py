"""Does what must be done again and again; run it every five minutes or so (a timer, cron)."""

import logging
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.jobs.running import ChoreFailed, clock_is_doubtful, do_chore, is_due
from foundation.registries.chores import Chore, chores

logger = logging.getLogger("foundation.jobs")


def _of_libraries() -> list[tuple[str, Chore]]:
    """Commands of others that belong to the round, as chores."""

    def command(name: str, **options: Any) -> Chore:
        def run() -> int:
            call_command(name, verbosity=0, **options)
            return 0

        return Chore(run, is_daily=name != "publish_scheduled")

    found = [("publish what is due", command("publish_scheduled")), ("forget sessions", command("clearsessions"))]
    if settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        found.append(("forget old tasks", command("prune_db_task_results", min_age_days=14)))
    return found


class Command(BaseCommand):
    help = "Publish what is due, send waiting mail; once a day also forget what is past its time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="do the daily chores now, whatever was done today")

    def handle(self, *args: Any, **options: Any) -> None:
        is_doubtful = not options["all"] and clock_is_doubtful()
        for name, chore in [*_of_libraries(), *chores.items()]:
            if options["all"] or (is_due(name, chore) and not (chore.is_daily and is_doubtful)):
                self._do(name, chore, is_noted=not is_doubtful)
        if is_doubtful:
            logger.error("the clock is doubtful", extra={"event": "clock_doubtful"})
            raise CommandError(
                f"The clock says {timezone.localtime():%d %B %Y, %H:%M}, and that is a week or more from when chores last ran. "
                "The daily ones, which delete and lapse what is due, were left out. If the clock is right, run: "
                "manage.py housekeeping --all"
            )

    def _do(self, name: str, chore: Chore, *, is_noted: bool) -> None:
        try:
            count = do_chore(name, chore, is_noted=is_noted)
        except ChoreFailed:
            self.stderr.write(f"{name}: failed")
            return
        if count:
            self.stdout.write(f"{name}: {count}")
