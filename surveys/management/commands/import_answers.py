"""`manage.py import_answers`: coded answers from elsewhere, in one CSV file, by a column map."""

from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.errors import NotReady, SurveyError
from surveys.importing.mapping import read_map
from surveys.importing.services import Found, look_through, take_in_answers
from surveys.years import YearGroup


class Command(BaseCommand):
    help = (
        "Takes a CSV file of coded answers (.csv or .csv.gz, one row a pupil) into waves, through the holding table and the "
        "same shuffle as every answer. Without --save it only reads the file and says what it would take and what is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", type=Path, required=True, help="the column map, a YAML file")
        parser.add_argument("--save", action="store_true", help="take the answers in; they cannot be taken out again")

    def handle(self, *, file: Path, map: Path, save: bool, **_options: Any) -> None:
        began = perf_counter()
        try:
            column_map = read_map(map)
            found = (take_in_answers if save else look_through)(path=file, column_map=column_map)
        except NotReady as error:
            raise CommandError("\n".join(["Nothing was taken in. Please correct:", *error.problems])) from error
        except SurveyError as error:
            raise CommandError(f"Nothing was taken in. {error}") from error
        self._say(found)
        if found.tally.problems:
            raise CommandError("\n".join(["Nothing was taken in. Please correct:", *found.tally.problems]))
        rows = found.tally.groups.total()
        took = f"in {perf_counter() - began:.0f} s"
        if save:
            self.stdout.write(f"{rows:,} rows taken in and shuffled, {took}. Destroy the file where it is not public.")
        else:
            self.stdout.write(f"{rows:,} rows, nothing wrong ({took}). Nothing was taken in yet: add --save.")

    def _say(self, found: Found) -> None:
        for cell in sorted({place.wave for place in found.tally.groups}):
            self.stdout.write(f"\n{found.waves[cell].name}")
            self._table(found, cell)
            few = found.too_few(cell)
            if few.groups:
                groups = "1 group is" if few.groups == 1 else f"{few.groups} groups are"
                words = f"{groups} under ten ({few.rows} rows): merged to the phase, without school and year group"
                self.stdout.write(
                    words + (f"; {few.lost} rows are too few even so and only counted." if few.lost else ".")
                )
        self.stdout.write("")
        for words, names in (
            ("Waves to be made", found.new_waves),
            ("Schools to be made", found.new_schools),
            ("Columns left aside", found.tally.columns_aside),
        ):
            if names:
                self.stdout.write(f"{words}: {', '.join(names)}.")
        for (cell, school), codes in sorted(found.silent.items()):
            asked = ", ".join(sorted(codes))
            self.stdout.write(f"Nobody answered, so not asked: {asked} ({school}, {found.waves[cell].name}).")
        if found.tally.left_out:
            self.stdout.write(f"{found.tally.left_out:,} rows without a year group are left out, as the map says.")

    def _table(self, found: Found, wave: str) -> None:
        groups = {
            (place.school, place.year_group): rows for place, rows in found.tally.groups.items() if place.wave == wave
        }
        years = sorted({year for _school, year in groups})
        names = sorted({school for school, _year in groups})
        width = max([len(name) for name in names] + [24])
        self.stdout.write("  ".join([f"  {'rows':<{width}}", *(f"{YearGroup(year).label:>16}" for year in years)]))
        for name in names:
            counts = [f"{groups.get((name, year), 0) or '-':>16}" for year in years]
            self.stdout.write("  ".join([f"  {name or '(year group not known)':<{width}}", *counts]))
