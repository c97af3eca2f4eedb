"""The table that answers on paper are keyed into: one line for each pupil, one column for each question.

A column's heading is the question's code; a row of a grid is `CODE:row`. A cell holds the number of the option, the
numbers of several with a space between them, or `P` for "prefer not to say"; an empty cell is no answer. Nothing but
these is read, so a formula in a cell is a mistake to be shown and never something that runs.
"""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from ...codes import Missing
from ...errors import AnswersRefused
from ...questionnaire.enums import QuestionKind
from ...questionnaire.reading import Block, Document, questions_for, words
from ..encoding import Encoder, Position

PREFER_NOT = "P"
MOST_ROWS = 2_000
LARGEST_FILE = 2_000_000
"""Bytes."""
MOST_PROBLEMS = 50
_LONGEST_SHOWN = 20


@dataclass(frozen=True)
class PaperProblem:
    """What is wrong with one cell, or with the whole file (row 0)."""

    row: int
    """The line as a spreadsheet numbers it: the headings are 1."""
    column: str
    words: str

    def __str__(self) -> str:
        where = f"Row {self.row}, column {self.column}: " if self.column else f"Row {self.row}: " if self.row else ""
        return where + self.words


@dataclass(frozen=True)
class KeyedRow:
    """One pupil's answers as small integers, at the places of the wave's codebook."""

    answers: list[int]


def columns_for(document: Document, year_group: int) -> list[str]:
    """The headings, in the order of the questions; free text is not keyed."""
    headings = []
    for question in questions_for(document, year_group):
        if question["kind"] == QuestionKind.GRID:
            headings += [f"{question['code']}:{row['key']}" for row in question["rows"]]
        elif question["kind"] != QuestionKind.TEXT:
            headings.append(question["code"])
    return headings


def meanings_for(document: Document, year_group: int) -> list[list[str]]:
    """`[heading, question, what to type, what it stands for]`, for whoever keys: a line for each thing to type."""
    lines = []
    for question in questions_for(document, year_group):
        if question["kind"] == QuestionKind.TEXT:
            continue
        rows = question["rows"] if question["kind"] == QuestionKind.GRID else [None]
        for row in rows:
            heading = f"{question['code']}:{row['key']}" if row else question["code"]
            asked = words(question["text"], "en") + (f" – {words(row['text'], 'en')}" if row else "")
            lines += [[heading, asked, typed, meant] for typed, meant in _to_type(question)]
    return lines


def _to_type(question: Block) -> list[tuple[str, str]]:
    found = [(str(option["value"]), words(option["text"], "en")) for option in question["options"]]
    if question["kind"] == QuestionKind.NUMBER:
        found = [(f"{question['number']['min']} to {question['number']['max']}", "the number itself")]
    return [*found, *([(PREFER_NOT, "prefers not to say")] if question["prefer_not"] else [])]


def read_table(
    content: bytes, *, document: Document, positions: list[Position], year_group: int
) -> tuple[list[KeyedRow], list[PaperProblem]]:
    """`(rows, problems)` of a CSV file; the rows are worth something only where there is no problem."""
    if len(content) > LARGEST_FILE:
        return [], [PaperProblem(0, "", "The file is too big. A class is a few kilobytes.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [PaperProblem(0, "", "The file cannot be read as text. Save it as “CSV UTF-8” and try again.")]
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error:
        return [], [PaperProblem(0, "", "The file is no CSV file. Save the sheet as “CSV UTF-8” and try again.")]
    headings = [heading.strip() for heading in lines[0]] if lines else []
    problems = _problems_of_headings(headings, columns_for(document, year_group))
    filled = [(number, line) for number, line in enumerate(lines[1:], 2) if any(cell.strip() for cell in line)]
    if not problems and not filled:
        problems.append(PaperProblem(0, "", "There is no row below the headings."))
    if len(filled) > MOST_ROWS:
        problems.append(PaperProblem(0, "", f"There are more than {MOST_ROWS} rows. Split the file by class."))
    if problems:
        return [], problems
    return _rows(filled, headings, Encoder(document, positions, year_group), problems), problems[:MOST_PROBLEMS]


def _problems_of_headings(headings: list[str], known: list[str]) -> list[PaperProblem]:
    problems = [
        PaperProblem(
            1, _shown(heading), "This question is not asked of this year group. Use the headings of the template."
        )
        for heading in headings
        if heading not in known
    ]
    problems += [
        PaperProblem(1, heading, "This heading stands there twice.")
        for heading in sorted(set(headings))
        if headings.count(heading) > 1 and heading in known
    ]
    missing = [heading for heading in known if heading not in headings]
    if missing:
        problems.append(PaperProblem(1, "", f"These columns are missing: {', '.join(missing)}."))
    return problems


def _rows(
    lines: list[tuple[int, list[str]]], headings: list[str], encoder: Encoder, problems: list[PaperProblem]
) -> list[KeyedRow]:
    rows = []
    columns = [_Column(heading, encoder) for heading in headings]
    for number, line in lines:
        if len(line) != len(headings):
            words = f"There are {len(line)} cells and {len(headings)} headings."
            problems.append(PaperProblem(number, "", words))
            continue
        answers: dict[str, Any] = {}
        for column, cell in zip(columns, line, strict=True):
            read = column.read(cell.strip())
            if read.problem:
                problems.append(PaperProblem(number, column.heading, read.problem))
            elif read.value is not None and column.part:
                answers.setdefault(column.code, {})[column.part] = read.value
            elif read.value is not None:
                answers[column.code] = read.value
        rows.append(KeyedRow(encoder.encode(answers)))
    return rows


@dataclass(frozen=True)
class _Read:
    """What a cell's text stands for: a value as a page would send it, None for an empty cell; or what is wrong with it."""

    value: Any = None
    problem: str = ""


class _Column:
    """One heading of the table. Hundreds of pupils give the same few answers, so each text is looked into once."""

    def __init__(self, heading: str, encoder: Encoder) -> None:
        self.heading = heading
        self.code, _colon, self.part = heading.partition(":")
        self._encoder = encoder
        self._known: dict[str, _Read] = {}

    def read(self, cell: str) -> _Read:
        if cell not in self._known:
            self._known[cell] = self._look_into(cell)
        return self._known[cell]

    def _look_into(self, cell: str) -> _Read:
        question = self._encoder.questions[self.code]
        try:
            value = _value(question, cell)
            if value is not None:
                self._encoder.check(self.code, {self.part: value} if self.part else value)
        except AnswersRefused:
            return _Read(problem=f"“{_shown(cell)}” is no answer to this question. {_what_fits(question)}")
        return _Read(value)


def _value(question: Block, cell: str) -> Any:
    """The cell as a page would send it; None for an empty one."""
    if not cell:
        return None
    if cell.upper() == PREFER_NOT:
        return int(Missing.PREFER_NOT_TO_SAY)
    if not re.fullmatch(r"[0-9]{1,3}( +[0-9]{1,3})*", cell):
        raise AnswersRefused(cell)
    numbers = [int(number) for number in cell.split()]
    if question["kind"] == QuestionKind.CHOOSE_ALL:
        return numbers
    if len(numbers) > 1:
        raise AnswersRefused(cell)
    return numbers[0]


def _what_fits(question: Block) -> str:
    declined = " or P" if question["prefer_not"] else ""
    if question["kind"] == QuestionKind.NUMBER:
        return f"Type a number from {question['number']['min']} to {question['number']['max']}{declined}."
    options = ", ".join(str(option["value"]) for option in question["options"])
    if question["kind"] == QuestionKind.CHOOSE_ALL:
        return f"Type one or more of {options} with spaces between them{declined}; “none of these” stands alone."
    return f"Type one of {options}{declined}."


def _shown(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_SHOWN else f"{cell[:_LONGEST_SHOWN]}…"
