"""Cells of one row to small integers at the places of a wave's codebook, by the map and by what was asked."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..codes import NOT_PICKED, PICKED, Missing
from ..collection.encoding import Encoder, Position
from ..errors import AnswersRefused
from ..questionnaire.enums import QuestionKind
from ..questionnaire.reading import Document
from .questions import MappedQuestion

NO_ANSWER, NOT_ASKED, PREFER_NOT = int(Missing.NO_ANSWER), int(Missing.NOT_ASKED), int(Missing.PREFER_NOT_TO_SAY)


class CellWrong(Exception):
    """A cell holds what the map or the questionnaire does not know."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column, self.words = column, words


class Coder:
    """For the rows of one wave and year group."""

    def __init__(
        self, questions: Sequence[MappedQuestion], *, document: Document, positions: Sequence[Position], year_group: int
    ) -> None:
        self.questions = questions
        self.encoder = Encoder(document, positions, year_group)
        self.places = {(code, part): place for place, (code, part) in enumerate(positions)}
        mapped = {question.code for question in questions}
        self.unmapped = [place for place, (code, _part) in enumerate(positions) if code not in mapped]

    def answered(self, cells: Mapping[str, str]) -> set[str]:
        """The questions that this row says anything to, "prefer not to say" too; every cell must be right."""
        return {
            question.code
            for question in self.questions
            for column in question.columns.values()
            if _meaning(question, column, cells[column]) not in (NO_ANSWER, NOT_ASKED)
        }

    def code(self, cells: Mapping[str, str], silent: Collection[str] = ()) -> str:
        """The array of one row as JSON, from column -> cell. `silent`: questions that were not asked where it comes from.

        Raises:
            CellWrong: a cell that stands for no answer to its question.
        """
        answers: dict[str, Any] = {}
        forced: dict[int, int] = dict.fromkeys(self.unmapped, NOT_ASKED)
        for question in self.questions:
            parts = {part: _meaning(question, column, cells[column]) for part, column in question.columns.items()}
            if question.code not in self.encoder.questions:
                self._must_be_empty(question, parts)
                continue
            if question.code in silent:
                forced.update({self.places[question.code, part]: NOT_ASKED for part in parts})
                continue
            answer = self._answer(question, parts, forced)
            if answer is not None:
                self._check(question, answer, cells)
                answers[question.code] = answer
        try:
            values = self.encoder.encode(answers)
        except AnswersRefused as error:  # each answer alone was right
            raise CellWrong("", str(error)) from error
        for place, value in forced.items():
            if values[place] != NOT_ASKED:
                values[place] = value
        return json.dumps(values, separators=(",", ":"))

    def _answer(self, question: MappedQuestion, parts: dict[str, int], forced: dict[int, int]) -> Any:
        """The answer as a page would send it; what no page can say (not asked, nothing picked) goes into `forced`."""
        if question.kind == QuestionKind.CHOOSE_ALL:
            return self._picked(question, parts, forced)
        for part, value in parts.items():
            if value == NOT_ASKED:
                forced[self.places[question.code, part]] = NOT_ASKED
        given = {part: value for part, value in parts.items() if value not in (NO_ANSWER, NOT_ASKED)}
        return given or None if question.kind == QuestionKind.GRID else given.get("")

    def _picked(self, question: MappedQuestion, parts: dict[str, int], forced: dict[int, int]) -> Any:
        picked = [int(part) for part, value in parts.items() if value == PICKED]
        if picked:
            return picked
        if PREFER_NOT in parts.values():
            return PREFER_NOT
        kinds = set(parts.values())
        if NOT_PICKED in kinds or kinds == {NOT_ASKED}:
            value = NOT_PICKED if NOT_PICKED in kinds else NOT_ASKED
            forced.update({self.places[question.code, part]: value for part in parts})
        return None

    def _must_be_empty(self, question: MappedQuestion, parts: dict[str, int]) -> None:
        for part, value in parts.items():
            if value not in (NO_ANSWER, NOT_ASKED, NOT_PICKED):
                raise CellWrong(question.columns[part], "this question is not asked of this year group")

    def _check(self, question: MappedQuestion, answer: Any, cells: Mapping[str, str]) -> None:
        if question.kind == QuestionKind.CHOICE:
            return  # the map was checked against the options
        try:
            self.encoder.encode({question.code: answer})
        except AnswersRefused as error:
            column = next(iter(question.columns.values()))
            raise CellWrong(column, f"“{shown(cells[column])}” is no answer to {question.code}") from error


def shown(cell: str) -> str:
    """A cell as plain text that cannot fill the screen."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in cell[:21])
    return plain if len(plain) <= 20 else f"{plain[:20]}…"


def _meaning(question: MappedQuestion, column: str, cell: str) -> int:
    if question.values is None:
        if not cell:
            return NO_ANSWER
        if not cell.isascii() or not cell.isdigit() or len(cell) > 3:
            raise CellWrong(column, f"“{shown(cell)}” is no whole number")
        return int(cell)
    if cell not in question.values:
        raise CellWrong(column, f"“{shown(cell)}” is not among the values that the map knows for {question.code}")
    return question.values[cell]
