"""The column map: which column of a table of coded answers is what, and what each of its values means. YAML, checked whole.

`docs/features/importing-answers.md` explains it, `maps/yrbs.yaml` is an example. Nothing here looks at the database.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

from ..codes import NOT_PICKED, PICKED, Missing
from ..errors import NotReady
from ..questionnaire.reading import Document
from ..years import MERGED, TAUGHT, Phase, phase_of
from .questions import MappedSection, block_of, section_of

MEANINGS = {
    "no-answer": int(Missing.NO_ANSWER),
    "prefer-not": int(Missing.PREFER_NOT_TO_SAY),
    "not-asked": int(Missing.NOT_ASKED),
    "picked": PICKED,
    "not-picked": NOT_PICKED,
}
LEAVE_OUT, MERGE = "leave-out", "merge"


class MapWrong(NotReady):
    """The column map cannot be used; `problems` says why, one sentence each."""


@dataclass(frozen=True)
class WavePlan:
    """A wave that the file has answers of, and how to make it where it does not exist."""

    name: str
    opens_on: datetime.date
    closes_on: datetime.date
    is_practice: bool

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return slugify(self.name)[:60]


@dataclass(frozen=True)
class ColumnMap:
    """Everything that the map says. `years_of`: a cell -> year group, or the year that stands for a merged group, or None
    where such rows are left out."""

    survey: Mapping[str, Any]
    topics: Mapping[str, str]
    wave_column: str
    waves: Mapping[str, WavePlan]
    school_column: str
    schools: Mapping[str, str]
    phase_of_new_schools: str
    year_column: str
    years_of: Mapping[str, int | None]
    sections: tuple[MappedSection, ...]
    silence_is_not_asked: bool = False
    """A question that nobody of a school answered in a wave was not asked there: such pupils stand in no base."""

    @property
    def years(self) -> tuple[int, ...]:
        """The year groups that the answers come from."""
        return tuple(sorted({year for year in self.years_of.values() if year in TAUGHT}))

    @property
    def columns(self) -> list[str]:
        """Every column that is read, once."""
        places = [self.wave_column, self.school_column, self.year_column]
        asked = [column for section in self.sections for each in section.questions for column in each.columns.values()]
        return list(dict.fromkeys([*places, *asked]))

    def phases(self) -> list[Phase]:
        """The phases that these year groups belong to."""
        return [phase for phase in Phase if any(phase_of(year) == phase for year in self.years)]

    def years_in(self, phase: Phase) -> list[int]:
        """The year groups of one phase."""
        return [year for year in self.years if phase_of(year) == phase]

    def document(self, phase: Phase) -> Document:
        """What this phase was asked, as far as taking in answers needs it; words are left out."""
        years = self.years_in(phase)
        sections = [
            {"key": section.key, "years": [], "questions": [block_of(each) for each in section.questions]}
            for section in self.sections
        ]
        return {"phase": phase.value, "years": years, "sections": sections}


def read_map(path: Path) -> ColumnMap:
    """The map in a YAML file.

    Raises:
        MapWrong: it cannot be read, or something in it is missing or wrong.
    """
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MapWrong([f"{path} cannot be read: {error.strerror}."]) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise MapWrong([f"{path} is no YAML file: {error}"]) from error
    return map_of(written)


def map_of(written: Any) -> ColumnMap:
    """The map as it was written, checked.

    Raises:
        MapWrong: something in it is missing or wrong; all of it is said at once.
    """
    if not isinstance(written, dict):
        raise MapWrong(["The map must be a list of headings such as survey, wave, school, year_group and sections."])
    needed = ("survey", "wave", "school", "year_group", "topics", "sections")
    problems = [f"The map has no “{name}”." for name in needed if not written.get(name)]
    shapes = {"sections": list}
    problems += [
        f"“{name}” in the map must be {'a list' if shapes.get(name) else 'a group of names with values'}."
        for name in needed
        if written.get(name) and not isinstance(written[name], shapes.get(name, dict))
    ]
    if problems:
        raise MapWrong(problems)
    years = _years(written["year_group"], problems)
    school = written["school"]
    sections = tuple(section_of(block, written["topics"], MEANINGS, problems) for block in written["sections"])
    codes = [each.code for section in sections for each in section.questions]
    problems += [
        f"The code {code} stands in the map twice." for code in sorted({c for c in codes if codes.count(c) > 1})
    ]
    found = ColumnMap(
        survey=_survey(written["survey"], problems),
        topics={str(key): str(name) for key, name in written["topics"].items()},
        wave_column=_column(written["wave"], "wave", problems),
        waves=_waves(written["wave"].get("values"), problems),
        school_column=_column(school, "school", problems),
        schools={str(cell): str(name) for cell, name in (school.get("values") or {}).items()},
        phase_of_new_schools=_phase_of_new_schools(school, problems),
        year_column=_column(written["year_group"], "year_group", problems),
        years_of=years,
        sections=sections,
        silence_is_not_asked=_silence(written, problems),
    )
    if problems:
        raise MapWrong(problems)
    return found


def _silence(written: Mapping[str, Any], problems: list[str]) -> bool:
    meaning = written.get("never_answered_in_a_school", "no-answer")
    if meaning not in ("no-answer", "not-asked"):
        problems.append("“never_answered_in_a_school” in the map must be not-asked or no-answer.")
    return bool(meaning == "not-asked")


def _survey(block: Mapping[str, Any], problems: list[str]) -> Mapping[str, Any]:
    for name in ("key", "name"):
        if not block.get(name):
            problems.append(f"“survey” in the map has no “{name}”.")
    if block.get("key") and slugify(str(block["key"])) != block["key"]:
        problems.append("The survey's key may have small letters, digits and hyphens, such as youth-survey.")
    return block


def _column(block: Mapping[str, Any], name: str, problems: list[str]) -> str:
    if not block.get("column"):
        problems.append(f"“{name}” in the map does not say its “column”.")
    return str(block.get("column", ""))


def _waves(values: Any, problems: list[str]) -> dict[str, WavePlan]:
    if not isinstance(values, dict) or not values:
        problems.append("“wave” in the map needs “values”: each value of the column, and the wave that it stands for.")
        return {}
    waves = {}
    for cell, written in values.items():
        block: dict[str, Any] = written if isinstance(written, dict) else {}
        days = [day for day in (block.get("opens_on"), block.get("closes_on")) if isinstance(day, datetime.date)]
        if not slugify(str(block.get("name", ""))) or len(days) < 2 or days[0] > days[1]:
            problems.append(
                f"The wave for “{cell}” needs a name, opens_on and closes_on, such as 2026-11-02, in order."
            )
            continue
        waves[str(cell)] = WavePlan(str(block["name"])[:80], days[0], days[1], bool(block.get("practice")))
    if len({plan.slug for plan in waves.values()}) < len(waves):
        problems.append("Two waves in the map have the same name.")
    return waves


def _phase_of_new_schools(block: Mapping[str, Any], problems: list[str]) -> str:
    known = ("primary", "secondary", "all-through", "special", "alternative")
    phase = block.get("make", "")
    if phase and phase not in known:
        problems.append(f"“make” of the schools in the map must be one of {', '.join(known)}, or be left out.")
    return str(phase)


def _years(block: Mapping[str, Any], problems: list[str]) -> dict[str, int | None]:
    values = block.get("values")
    if not isinstance(values, dict) or not values:
        problems.append("“year_group” in the map needs “values”: each value of the column, and its year group.")
        return {}
    years: dict[str, int | None] = {}
    for cell, year in values.items():
        if year in (LEAVE_OUT, MERGE):
            continue
        if isinstance(year, bool) or year not in [int(each) for each in TAUGHT]:
            problems.append(f"“{year}” is no year group. Write 0 (Reception) to 13, {MERGE} or {LEAVE_OUT}.")
            continue
        years[str(cell)] = int(year)
    phases = {phase_of(year) for year in years.values() if year is not None}
    for cell, year in values.items():
        if year == MERGE and len(phases) != 1:
            problems.append(f"“{MERGE}” needs year groups of one phase; here it cannot be told which. Use {LEAVE_OUT}.")
        elif year in (LEAVE_OUT, MERGE):
            years[str(cell)] = int(MERGED[next(iter(phases))]) if year == MERGE else None
    return years
