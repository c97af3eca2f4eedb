"""Reads the answer that a step page sent without a script."""

from collections.abc import Sequence
from typing import Any

from ..codes import Missing
from ..collection.encoding import LONGEST_TEXT
from ..questionnaire.enums import OptionKind, QuestionKind
from ..questionnaire.reading import words
from .steps import Step
from .words import interface_words

PREFER_NOT = int(Missing.PREFER_NOT_TO_SAY)


class AnswerProblem(Exception):
    """What was given cannot be an answer; the words say how to put it right."""


def read_answer(step: Step, given: Sequence[str], language: str) -> Any:
    """The answer to a step's question: an int, a list of ints, a text, or None for none.

    Raises:
        AnswerProblem: no answer that the page offers.
    """
    question = step.question
    if question is None:
        return None
    said = interface_words(language)
    filled = [text.strip() for text in given if text.strip()]
    if question["kind"] == QuestionKind.TEXT:
        return _text(filled, said)
    prefers_not = str(PREFER_NOT) in filled and question["prefer_not"]
    rest = [text for text in filled if text != str(PREFER_NOT)]
    if prefers_not and rest:
        raise AnswerProblem(said["prefer_wrong"].format(none=said["prefer_not"]))
    if prefers_not or not filled:
        return PREFER_NOT if prefers_not else None
    if question["kind"] == QuestionKind.NUMBER:
        return _number(question["number"], filled[0], said)
    return _options(question, filled, said, language)


def _text(filled: list[str], said: dict[str, str]) -> str | None:
    text = filled[0] if filled else ""
    if len(text) > LONGEST_TEXT:
        raise AnswerProblem(said["text_long"].format(count=LONGEST_TEXT))
    return text or None


def _number(limits: dict[str, Any], text: str, said: dict[str, str]) -> int:
    # int() reads the digits of every script: ٣ and ৩ are 3.
    if text.isdecimal() and len(text) <= 4 and limits["min"] <= int(text) <= limits["max"]:
        return int(text)
    raise AnswerProblem(said["number_wrong"].format(min=limits["min"], max=limits["max"]))


def _options(question: dict[str, Any], filled: list[str], said: dict[str, str], language: str) -> int | list[int]:
    offered = {str(option["value"]): option for option in question["options"]}
    if not set(filled) <= offered.keys():
        raise AnswerProblem(said["option_wrong"])
    if question["kind"] != QuestionKind.CHOOSE_ALL:
        return int(filled[0])
    alone = next((offered[text] for text in filled if offered[text]["kind"] == OptionKind.NONE), None)
    if alone is not None and len(set(filled)) > 1:
        raise AnswerProblem(said["none_wrong"].format(none=words(alone["text"], language)))
    return sorted({int(text) for text in filled})
