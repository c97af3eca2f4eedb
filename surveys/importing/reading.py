"""A file of coded answers against its map: what would be taken in, and every mistake by row and column."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..collection.encoding import Position
from ..questionnaire.reading import Document
from ..years import MERGED, TAUGHT, phase_of
from .coding import CellWrong, Coder, shown
from .mapping import ColumnMap
from .table import FileWrong, lines_of

MOST_MISTAKES = 50
"""Different ones; the same value in the same column counts as one."""
MOST_IN_A_GROUP = 32_000
"""Rows of one school and year group."""
_REMEMBERED = 50_000
_STARTS_A_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Target:
    """A wave as far as reading needs it. `places`: school (casefolded) -> year groups that take part; None: all are made."""

    documents: Mapping[str, Document]
    positions: list[Position]
    places: Mapping[str, frozenset[int]] | None
    refusal: str = ""


@dataclass(frozen=True)
class Place:
    """Where a row belongs. `school` is empty where the year group is not known: such rows join the merged group."""

    wave: str
    school: str
    year_group: int


@dataclass
class Mistake:
    """The first row that has it (headings are row 1), its column, the words, and how many rows have it."""

    row: int
    column: str
    words: str
    rows: int = 1

    def __str__(self) -> str:
        where = f"Row {self.row}, column {self.column}: " if self.column else f"Row {self.row}: " if self.row else ""
        more = f" ({self.rows:,} rows)" if self.rows > 1 else ""
        return f"{where}{self.words}{more}."


@dataclass
class Tally:
    """What reading found. `groups`: rows of each place; `left_out`: rows without a year group that the map leaves out."""

    groups: Counter[Place] = field(default_factory=Counter)
    left_out: int = 0
    answered: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """(wave, school) as the file has them -> the questions that anybody there answered."""
    columns_aside: list[str] = field(default_factory=list)
    mistakes: dict[tuple[str, str], Mistake] = field(default_factory=dict)
    others: int = 0

    def note(self, row: int, column: str, words: str) -> None:
        """One more mistake."""
        known = self.mistakes.get((column, words))
        if known:
            known.rows += 1
        elif len(self.mistakes) < MOST_MISTAKES:
            self.mistakes[column, words] = Mistake(row, column, words)
        else:
            self.others += 1

    @property
    def problems(self) -> list[str]:
        """Every mistake as a sentence, in the order of the file."""
        said = [str(mistake) for mistake in sorted(self.mistakes.values(), key=lambda one: one.row)]
        return said + ([f"And {self.others:,} more."] if self.others else [])


class Reader:
    """One reading of a file. Iterating gives (place, answers as JSON) of every row without a mistake; `tally` fills."""

    def __init__(
        self, path: Path, column_map: ColumnMap, targets: Mapping[str, Target], schools: Mapping[str, str],
        silent: Mapping[tuple[str, str], frozenset[str]] | None = None,
    ) -> None:  # fmt: skip
        """`targets`: by the value of the wave's column. `schools`: names as the site has them, by casefolded name.
        `silent`: (wave, school) as the file has them -> questions that were not asked there."""
        self.path, self.map, self.targets, self.schools = path, column_map, targets, schools
        self.silent = silent or {}
        self.tally = Tally()
        self.questions = [question for section in column_map.sections for question in section.questions]
        self._new_schools: dict[str, str] = {}
        self._coders: dict[tuple[str, int], Coder] = {}
        self._known: dict[tuple[str, ...], tuple[Place, str] | list[tuple[str, str]] | None] = {}

    def __iter__(self) -> Iterator[tuple[Place, str]]:
        lines = lines_of(self.path)
        try:
            _row, headings = next(lines)
        except StopIteration:
            self.tally.note(0, "", "The file is empty")
            return
        except FileWrong as error:
            self.tally.note(0, "", str(error).rstrip("."))
            return
        headings = [heading.strip() for heading in headings]
        if self._wrong_headings(headings):
            return
        try:
            yield from self._rows(lines, headings)
        except FileWrong as error:
            self.tally.note(0, "", str(error).rstrip("."))

    def _wrong_headings(self, headings: list[str]) -> bool:
        wanted = self.map.columns
        for heading in dict.fromkeys(headings):
            if headings.count(heading) > 1 and heading in wanted:
                self.tally.note(1, shown(heading), "This heading stands there twice")
        for column in wanted:
            if column not in headings:
                self.tally.note(1, column, "This column is missing")
        self.tally.columns_aside = [shown(heading) for heading in headings if heading not in wanted]
        return bool(self.tally.mistakes)

    def _rows(self, lines: Iterator[tuple[int, list[str]]], headings: list[str]) -> Iterator[tuple[Place, str]]:
        places = [headings.index(column) for column in self.map.columns]
        count = 0
        for number, line in lines:
            count += 1
            if len(line) != len(headings):
                self.tally.note(number, "", f"There are {len(line)} cells and {len(headings)} headings")
                continue
            found = self._row(tuple([line[place].strip() for place in places]))
            if found is None:
                self.tally.left_out += 1
            elif isinstance(found, list):
                for column, words in found:
                    self.tally.note(number, column, words)
            else:
                place = found[0]
                self.tally.groups[place] += 1
                if place.school and self.tally.groups[place] > MOST_IN_A_GROUP:
                    words = (
                        f"There are more than {MOST_IN_A_GROUP:,} rows of one school and year group. Split the school"
                    )
                    self.tally.note(number, self.map.school_column, words)
                    continue
                yield found
        if not count:
            self.tally.note(0, "", "There is no row below the headings")

    def _row(self, cells: tuple[str, ...]) -> tuple[Place, str] | list[tuple[str, str]] | None:
        """Many rows are alike: what was found is remembered, up to a number."""
        if cells not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[cells] = self._found(dict(zip(self.map.columns, cells, strict=True)))
        return self._known[cells]

    def _found(self, cells: dict[str, str]) -> tuple[Place, str] | list[tuple[str, str]] | None:
        wrong: list[tuple[str, str]] = []
        wave, year_cell = cells[self.map.wave_column], cells[self.map.year_column]
        target = self.targets.get(wave)
        if target is None:
            wrong.append((self.map.wave_column, f"“{shown(wave)}” is no wave that the map knows"))
        elif target.refusal:
            wrong.append((self.map.wave_column, target.refusal.rstrip(".")))
        if year_cell not in self.map.years_of:
            wrong.append((self.map.year_column, f"“{shown(year_cell)}” is no year group that the map knows"))
        year = self.map.years_of.get(year_cell)
        school = self._school(cells[self.map.school_column], wrong)
        if wrong or target is None:
            return wrong
        if year is None:
            return None
        if year not in TAUGHT:
            school = ""
        elif target.places is not None and year not in target.places.get(school.casefold(), frozenset()):
            return [(self.map.school_column, f"{school} does not take part in this wave with year group {year}")]
        try:
            coder, source = self._coder(wave, target, year), (wave, cells[self.map.school_column])
            answers = coder.code(cells, self.silent.get(source, frozenset()))
            self.tally.answered[source] |= coder.answered(cells)
            return Place(wave, school, year), answers
        except CellWrong as error:
            return [(error.column, error.words.rstrip("."))]

    def _school(self, cell: str, wrong: list[tuple[str, str]]) -> str:
        name = self.map.schools.get(cell, cell)
        known = self.schools.get(name.casefold())
        if known:
            return known
        is_name = 0 < len(name) <= 160 and name.isprintable() and not name.startswith(_STARTS_A_FORMULA)
        if not is_name or not self.map.phase_of_new_schools:
            wrong.append((self.map.school_column, f"“{shown(cell)}” is no school of this site"))
        return self._new_schools.setdefault(name.casefold(), name) if is_name else ""

    def _coder(self, wave: str, target: Target, year: int) -> Coder:
        if (wave, year) not in self._coders:
            document = target.documents.get(phase_of(year).value)
            is_asked = document is not None and (year in document["years"] or year in MERGED.values())
            if document is None or not is_asked:
                raise CellWrong(self.map.year_column, f"This wave asks year group {year} nothing")
            self._coders[wave, year] = Coder(
                self.questions, document=document, positions=target.positions, year_group=year
            )
        return self._coders[wave, year]
