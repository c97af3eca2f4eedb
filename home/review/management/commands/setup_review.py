"""`manage.py setup_review`: the workflow of the Young Advisors."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.review.demo import load_demo_draft
from home.review.setup import RolesMissing, set_up_review


class Command(BaseCommand):
    help = "Makes the workflow “Young Advisors, then publishers”; safe to run again."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        try:
            changes = set_up_review()
        except RolesMissing as error:
            raise CommandError(str(error)) from error
        if settings.DEMO_MODE and load_demo_draft():
            changes.append("A draft of the demonstration waits for the Young Advisors.")
        if verbosity:
            self.stdout.write("\n".join(changes) or "The review by Young Advisors is as it should be.")
