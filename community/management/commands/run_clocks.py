"""Send the reminders that are due, lapse what was not confirmed, delete what was kept long enough. Once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from community.clocks.services import run_clocks


class Command(BaseCommand):
    help = "Do what is due today: reminders, lapsing, deleting. Safe to run often, and twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        run = run_clocks()
        self.stdout.write(
            f"Reminders: {run.confirm_reminders} to confirm, {run.assess_reminders} to assess, "
            f"{run.evidence_reminders} about evidence. Lapsed: {run.lapsed}. Files deleted: {run.files_deleted}. "
            f"Mails to officers who watch: {run.watch_mails}. Pages in an older shape published anew: {run.reshaped}."
        )
