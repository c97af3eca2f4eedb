"""Schools of a wave from a CSV file: all rows or none, and every mistake said at once."""

import csv
import io
from dataclasses import dataclass, field

from foundation.partnership.models import School

from ..years import TAUGHT, YearGroup
from .models import Wave
from .selectors import years_of_wave
from .services.waves import SchoolPlan

HEADER = ("school", "year_group", "pupils")
MOST_ROWS = 5_000
MOST_PUPILS = 999


@dataclass
class Reading:
    """What a file says: plans without mistakes, or the mistakes."""

    plans: list[SchoolPlan] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


def read_schools(*, wave: Wave, text: str) -> Reading:
    """Read "school,year_group,pupils", a row for each year group; a fourth column "phase" makes schools that are new.

    Year groups that the wave does not ask are left out.
    """
    reading = Reading()
    table = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        rows, names = list(table), table.fieldnames or []
    except csv.Error:
        reading.mistakes.append("The file cannot be read as a table. Save the sheet as “CSV UTF-8” and try again.")
        return reading
    missing = [name for name in HEADER if name not in names]
    if missing:
        reading.mistakes.append(
            f"The first row must name the columns: {', '.join(HEADER)}. Missing: {', '.join(missing)}."
        )
        return reading
    known = {school.name.casefold(): school for school in School.objects.filter(is_active=True)}
    asked = set(years_of_wave(wave))
    found: dict[str, dict[int, int]] = {}
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            reading.mistakes.append(f"The file has more than {MOST_ROWS} rows. Send it in parts.")
            break
        _read_row(number, row, known, found, reading.mistakes)
    if not reading.mistakes:
        reading.plans = [
            SchoolPlan(known[name], tuple(sorted(asked & set(years))), {y: n for y, n in years.items() if y in asked})
            for name, years in found.items()
            if asked & set(years)
        ]
        if not reading.plans:
            reading.mistakes.append("No row names a year group that this wave asks.")
    return reading


def _read_row(
    number: int,
    row: dict[str, str | None],
    known: dict[str, School],
    found: dict[str, dict[int, int]],
    mistakes: list[str],
) -> None:
    name, phase = (row["school"] or "").strip(), (row.get("phase") or "").strip().lower()
    year, pupils = (row["year_group"] or "").strip(), (row["pupils"] or "").strip()
    if not any((name, year, pupils)):
        return
    if name.casefold() not in known:
        if phase not in School.Phase.values or not name:
            mistakes.append(
                f"Row {number}: there is no school “{name}”. Write its name as in the list of schools, "
                f"or add a column “phase” with one of: {', '.join(School.Phase.values)}."
            )
            return
        known[name.casefold()] = School(name=name[:160], phase=phase)
    year = year.lower().removeprefix("year").removeprefix("y").strip()
    year = "0" if year in {"r", "reception"} else year
    if year not in {str(int(each)) for each in TAUGHT} | {f"{int(each):02d}" for each in TAUGHT}:
        mistakes.append(
            f"Row {number}: “{row['year_group']}” is no year group. Write a number such as {YearGroup.YEAR_8.value}."
        )
        return
    if pupils and not (pupils.isascii() and pupils.isdigit() and len(pupils) < 10 and int(pupils) <= MOST_PUPILS):
        mistakes.append(f"Row {number}: “{pupils}” is no number of pupils. Write a whole number up to {MOST_PUPILS}.")
        return
    found.setdefault(name.casefold(), {})[int(year)] = int(pupils or 0)
