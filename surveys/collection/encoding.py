"""Answers as a page sends them, checked against what was asked and turned into an array of small integers.

Pure: it looks at the compiled questionnaire alone. A *position* is `[question code, part]`; part is "" for one value, the
number of an option for choose-all, the key of a row for a grid. The positions belong to the wave and only ever grow, so
that an array sealed before a correction still means what it meant.
"""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..codes import NOT_PICKED, PICKED, Missing
from ..errors import AnswersRefused
from ..questionnaire.enums import OptionKind, QuestionKind
from ..questionnaire.reading import Block, Document, is_asked, questions_for

Position = list[str]
NO_ANSWER, NOT_ASKED = int(Missing.NO_ANSWER), int(Missing.NOT_ASKED)
LONGEST_TEXT = 280
"""Characters in a text of a consultation."""


def positions_of(document: Document) -> list[Position]:
    """Every place that this questionnaire needs, in its order; free text needs none."""
    return [
        [question["code"], part]
        for section in document["sections"]
        for question in section["questions"]
        for part in _parts(question)
    ]


def grow(wave_positions: Sequence[Position], document: Document) -> list[Position]:
    """The wave's positions with what this questionnaire adds at their end; no place moves."""
    known = {tuple(position) for position in wave_positions}
    return [*map(list, wave_positions), *(place for place in positions_of(document) if tuple(place) not in known)]


def encode(
    *, document: Document, positions: Sequence[Position], year_group: int, answers: Mapping[str, Any]
) -> list[int]:
    """One small integer for each position: an answer, or why there is none (`codes.Missing`).

    An answer to a question that a later change of mind routed past counts as not asked, as the page shows it.

    Raises:
        AnswersRefused: an answer that no page of ours offers.
    """
    return Encoder(document, positions, year_group).encode(answers)


class Encoder:
    """`encode` for many pupils of one year group: all that can be known of the questions is worked out beforehand, for
    every pupil's POST comes through here."""

    def __init__(self, document: Document, positions: Sequence[Position], year_group: int) -> None:
        self.document = document
        self.questions = {question["code"]: question for question in questions_for(document, year_group)}
        self.boxes = boxes_of(document)
        places = {(code, part): at for at, (code, part) in enumerate(positions)}
        self._plans = {code: _Plan(question, places) for code, question in self.questions.items()}
        self._length = len(positions)

    def check(self, code: str, answer: Any) -> None:
        """Raises AnswersRefused for an answer that no page of ours offers to this question; looks at no other question."""
        self._plans[code].checked(answer)

    def encode(self, answers: Mapping[str, Any]) -> list[int]:
        """See `encode`."""
        if not isinstance(answers, Mapping) or not self.questions.keys() >= answers.keys():
            raise AnswersRefused(_refusal())
        row = [NOT_ASKED] * self._length
        asked: dict[str, Any] = {}
        for plan in self._plans.values():
            # An answer that was routed past counts as not asked, but it too must be one that a page of ours offers.
            answer = plan.checked(answers.get(plan.code))
            if plan.is_always_asked or is_asked(plan.question, asked):
                asked[plan.code] = answer
                plan.write(answer, row)
        return row


class _Plan:
    """One question: which answers it takes, and at which places of the array they stand."""

    def __init__(self, question: Block, places: Mapping[tuple[str, str], int]) -> None:
        self.question, self.code, self.kind = question, question["code"], question["kind"]
        self.is_always_asked = question["shown_if"] is None
        self.offered = _option_values(question)
        self._places = [(part, places[self.code, part]) for part in _parts(question) if (self.code, part) in places]
        self._singles = self._single_answers()

    def checked(self, value: Any) -> Any:
        """The answer as it came, None for an empty one; raises AnswersRefused."""
        # What nearly every answer is. `type` and not isinstance: True would pass for 1.
        if value is None or (type(value) is int and value in self._singles):
            return value
        return _checked(self.question, self.offered, value)

    def write(self, answer: Any, row: list[int]) -> None:
        """Put a checked answer into the array."""
        if self.kind == QuestionKind.GRID:
            given = answer or {}
            for part, place in self._places:
                row[place] = given.get(part, NO_ANSWER)
        elif isinstance(answer, list):
            for part, place in self._places:
                row[place] = PICKED if int(part) in answer else NOT_PICKED
        else:
            for _part, place in self._places:
                row[place] = NO_ANSWER if answer is None else answer

    def _single_answers(self) -> Container[int]:
        """Numbers that are a whole answer to this question by themselves."""
        if self.kind == QuestionKind.CHOICE:
            declined = {int(Missing.PREFER_NOT_TO_SAY)} if self.question["prefer_not"] else set()
            return self.offered | declined
        if self.kind == QuestionKind.NUMBER:
            return range(self.question["number"]["min"], self.question["number"]["max"] + 1)
        return ()


def boxes_of(document: Document) -> set[str]:
    """The codes of a consultation's text boxes."""
    return {
        question["code"]
        for section in document["sections"]
        for question in section["questions"]
        if question["kind"] == QuestionKind.TEXT
    }


def texts_of(boxes: Collection[str], answers: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, str]]:
    """`(answers without the texts, code -> text)`: texts go another way, so that nothing joins them to the rest.

    Raises:
        AnswersRefused: a text that is too long, or no text.
    """
    if not isinstance(answers, Mapping):
        raise AnswersRefused(_refusal())
    if not boxes:
        return answers, {}
    texts = {}
    for code in answers.keys() & boxes:
        text = answers[code]
        if text is None or text == Missing.PREFER_NOT_TO_SAY:
            continue
        if not isinstance(text, str) or len(text.strip()) > LONGEST_TEXT:
            raise AnswersRefused(_("Please write no more than %(most)s letters in a box.") % {"most": LONGEST_TEXT})
        if text.strip():
            texts[code] = text.strip().replace("\x00", "")
    return {code: value for code, value in answers.items() if code not in boxes}, texts


def _parts(question: Block) -> Iterator[str]:
    if question["kind"] == QuestionKind.CHOOSE_ALL:
        yield from (str(option["value"]) for option in question["options"])
    elif question["kind"] == QuestionKind.GRID:
        yield from (row["key"] for row in question["rows"])
    elif question["kind"] != QuestionKind.TEXT:
        yield ""


def _checked(question: Block, offered: set[int], value: Any) -> Any:
    """The answer as it came, None for an empty one."""
    if value is None or value in ([], {}):
        return None
    if question["kind"] == QuestionKind.GRID:
        return _checked_grid(question, offered, value)
    if _is_number(value) and value == Missing.PREFER_NOT_TO_SAY:
        return _allowed(question["prefer_not"], value)
    if question["kind"] == QuestionKind.CHOOSE_ALL:
        return _checked_list(question, offered, value)
    if question["kind"] == QuestionKind.NUMBER:
        return _allowed(_is_number(value) and question["number"]["min"] <= value <= question["number"]["max"], value)
    if question["kind"] == QuestionKind.CHOICE:
        return _allowed(_is_number(value) and value in offered, value)
    raise AnswersRefused(_refusal())


def _checked_grid(question: Block, options: set[int], value: Any) -> dict[str, int]:
    rows = {row["key"] for row in question["rows"]}
    offered = options | ({int(Missing.PREFER_NOT_TO_SAY)} if question["prefer_not"] else set())
    if _is_number(value) and value == Missing.PREFER_NOT_TO_SAY and question["prefer_not"]:
        return dict.fromkeys(rows, int(Missing.PREFER_NOT_TO_SAY))
    _allowed(isinstance(value, dict) and value.keys() <= rows, value)
    filled = {key: answer for key, answer in value.items() if answer is not None}
    _allowed(all(_is_number(answer) and answer in offered for answer in filled.values()), value)
    return filled


def _checked_list(question: Block, offered: set[int], value: Any) -> list[int]:
    _allowed(isinstance(value, list) and all(_is_number(picked) for picked in value), value)
    alone = {option["value"] for option in question["options"] if option["kind"] == OptionKind.NONE}
    is_whole = len(set(value)) == len(value) and set(value) <= offered
    _allowed(is_whole and (len(value) == 1 or not alone & set(value)), value)
    return list(value)


def _option_values(question: Block) -> set[int]:
    return {option["value"] for option in question["options"]}


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _allowed(is_allowed: bool, value: Any) -> Any:
    if not is_allowed:
        raise AnswersRefused(_refusal())
    return value


def _refusal() -> str:
    return _("We could not take these answers: they do not fit the questions. Please start again from the class code.")
