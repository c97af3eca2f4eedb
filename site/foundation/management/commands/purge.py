"""`manage.py purge`: shows how long each thing is kept; with --yes it deletes what is past its time."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.retention import SCHEDULE, carry_out

logger = logging.getLogger("foundation.jobs")


class Command(BaseCommand):
    help = "Shows how long what is held about people is kept. With --yes it deletes what is past its time, now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="delete; this cannot be undone")

    def handle(self, *, yes: bool, **_options: Any) -> None:
        done: set[str] = set()
        failed = []
        for rule in SCHEDULE:
            self.stdout.write(f"{rule.what}: {rule.kept}.")
            if not yes:
                continue
            try:
                self.stdout.write(f"  {carry_out(rule, done=done)}")
            except Exception:
                # One that fails must not keep the others from being done.
                logger.exception("a rule of the schedule failed", extra={"event": "purge_failed", "task": rule.what})
                failed.append(rule.what)
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}. The log says why; the others were done.")
        if not yes:
            self.stdout.write("Nothing was deleted. The chores do this each day; to do it now, add --yes.")
