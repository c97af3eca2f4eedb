"""Reading a compiled questionnaire: what a year group is asked, and what an answer leads to.

Pure: it looks at the document that `document.py` makes, never at the database. Answers are `{code: value}`, with a whole
number for a choice or a number, a list of them for choose-all, `{row key: whole number}` for a grid.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ..codes import Missing
from ..years import MERGED, Phase

Document = dict[str, Any]
Block = dict[str, Any]
Answers = Mapping[str, Any]


def sections_for(document: Document, year_group: int) -> list[Block]:
    """The sections that this year group sees, each with its questions for that year only; empty sections are left out."""
    if year_group not in document["years"] and not _is_mixed(document, year_group):
        return []
    seen = []
    for section in document["sections"]:
        if not _is_for(section["years"], year_group):
            continue
        questions = [question for question in section["questions"] if _is_for(question["years"], year_group)]
        if questions:
            seen.append({**section, "questions": questions})
    return seen


def questions_for(document: Document, year_group: int) -> list[Block]:
    """Every question that this year group may be asked, in order."""
    return [question for section in sections_for(document, year_group) for question in section["questions"]]


def is_asked(question: Block, answers: Answers) -> bool:
    """Whether the answers so far lead to this question.

    A parent without an answer, with "prefer not to say", or of a kind that leads nowhere (a grid, a text) leads to
    nothing. `answers` must hold none for a parent that was not asked itself; `asked_questions` looks after that.
    """
    rule = question["shown_if"]
    if rule is None:
        return True
    return _leads_to(answers.get(rule["code"]), rule["values"])


def asked_questions(document: Document, year_group: int, answers: Answers) -> list[Block]:
    """The questions that a pupil of this year group with these answers is asked; a parent not asked leads to nothing."""
    asked: list[Block] = []
    counted: dict[str, Any] = {}
    for question in questions_for(document, year_group):
        if is_asked(question, counted):
            asked.append(question)
            counted[question["code"]] = answers.get(question["code"])
    return asked


def words(texts: Mapping[str, str], language: str) -> str:
    """A text in this language, in English where it was not translated, empty where there is none."""
    return texts.get(language) or texts.get("en", "")


def _is_mixed(document: Document, year_group: int) -> bool:
    """Whether this stands for a group of several years of this phase: it is asked only what all of them are."""
    return year_group == MERGED[Phase(document["phase"])]


def _is_for(years: list[int], year_group: int) -> bool:
    return not years or year_group in years


def _leads_to(value: Any, wanted: Iterable[int]) -> bool:
    if isinstance(value, list):
        return any(picked in wanted for picked in value)
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return value != Missing.PREFER_NOT_TO_SAY and value in wanted
