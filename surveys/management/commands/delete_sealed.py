"""`manage.py delete_sealed`: deletes sealed answers whose time is over, and says what it did."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.collection.reminders import waves_to_empty
from surveys.collection.services import delete_sealed
from surveys.collection.services.cleaning import is_sealing_complete
from surveys.errors import SurveyError
from surveys.fieldwork.models import Wave


class Command(BaseCommand):
    help = (
        "Deletes the sealed answers of waves that closed more than SURVEYS_KEEP_SEALED_DAYS ago (a year), or of one wave. "
        "The figures stay. Without --yes it only says what it would delete."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wave", help="one wave, as survey/wave, whatever its age")
        parser.add_argument("--yes", action="store_true", help="delete; this cannot be undone")

    def handle(self, *, wave: str | None, yes: bool, **_options: Any) -> None:
        waves = self._one(wave) if wave else list(waves_to_empty().select_related("survey"))
        if not waves:
            self.stdout.write("No wave has sealed answers that are past their time.")
        for each in waves:
            if not yes:
                self.stdout.write(f"Would delete the sealed answers of {each} (closed on {each.closed_on}). Add --yes.")
                continue
            try:
                deleted = delete_sealed(wave=each)
            except SurveyError as error:
                raise CommandError(f"{each}: {error}") from error
            wiped = "and wiped from the files" if is_sealing_complete(each.pk) else "and will be wiped from the files"
            self.stdout.write(f"{each}: {deleted} sealed answers deleted {wiped}. Its figures are kept.")

    def _one(self, name: str) -> list[Wave]:
        survey, _slash, slug = name.partition("/")
        found = list(Wave.objects.select_related("survey").filter(survey__key=survey, slug=slug))
        if not found:
            raise CommandError(f"There is no wave {name}.")
        return found
