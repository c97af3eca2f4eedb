"""`manage.py import_paper`: answers on paper, keyed into a CSV file."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.partnership.models import School
from surveys.collection.paper import columns_for, read_table, take_in_paper
from surveys.errors import SurveyError
from surveys.fieldwork.models import Wave
from surveys.years import phase_of


class Command(BaseCommand):
    help = (
        "Takes in answers that pupils gave on paper, one school and year group at a time. Without --save it only reads "
        "the file and says what is wrong, row by row. --template writes the headings to fill in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="as survey/wave, such as hrbq/autumn-2026")
        parser.add_argument("school", help="the school's name")
        parser.add_argument("year", type=int, help="the year group, such as 8")
        parser.add_argument("file", type=Path)
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--template", action="store_true", help="write the headings into a new file")
        way.add_argument("--save", action="store_true", help="take the answers in; they cannot be taken out again")

    def handle(
        self, *, wave: str, school: str, year: int, file: Path, template: bool, save: bool, **_options: Any
    ) -> None:
        chosen = self._wave(wave)
        document = self._document(chosen, year)
        if template:
            self._write_template(file, columns_for(document, year))
            return
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        rows, problems = read_table(content, document=document, positions=chosen.positions, year_group=year)
        if problems:
            said = "\n".join(str(problem) for problem in problems)
            raise CommandError(f"Nothing was taken in. Please correct:\n{said}")
        if not save:
            self.stdout.write(f"{len(rows)} pupils, nothing wrong. Nothing was taken in yet: add --save.")
            return
        taking = School.objects.filter(name=school).first()
        if taking is None:
            raise CommandError(f"There is no school called {school}.")
        try:
            take_in_paper(wave=chosen, school=taking, year_group=year, rows=rows)
        except SurveyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(rows)} pupils taken in, shuffled with the others. Destroy the paper and the file now.")

    def _wave(self, name: str) -> Wave:
        survey, _slash, slug = name.partition("/")
        found = Wave.objects.filter(survey__key=survey, slug=slug).first()
        if found is None:
            raise CommandError(f"There is no wave {name}.")
        return found

    def _document(self, wave: Wave, year: int) -> dict[str, Any]:
        asked = wave.versions.filter(is_current=True, version__questionnaire__phase=phase_of(year)).first()
        document = asked.version.document if asked else None
        if document is None or year not in document["years"]:
            raise CommandError(f"This wave asks Year {year} nothing.")
        return dict(document)

    def _write_template(self, file: Path, headings: list[str]) -> None:
        try:
            with file.open("x", encoding="utf-8-sig", newline="") as sheet:
                csv.writer(sheet).writerow(headings)
        except FileExistsError as error:
            raise CommandError(f"{file} exists already.") from error
        self.stdout.write(f"{file}: {len(headings)} headings. One row for each pupil below them.")
