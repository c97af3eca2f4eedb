"""Codes: each once in a version, and with one meaning in every phase, because figures of both are shown side by side."""

from collections import Counter
from collections.abc import Iterator

from ..enums import QuestionKind
from ..reading import Block, Document
from .problem import Problem, at, look, stop


def problems(document: Document, others: list[Document]) -> Iterator[Problem]:
    """Codes that stand twice, and codes that mean something else in `others` (the survey's other phases)."""
    questions = _questions(document)
    for code, times in Counter(question["code"] for question in questions).items():
        if times > 1:
            yield stop(f"question.{code}", f"The code {code} is there {times} times. Give each question its own.")
    for other in others:
        theirs = {question["code"]: question for question in _questions(other)}
        for question in questions:
            if question["code"] in theirs:
                yield from _differences(question, theirs[question["code"]], other["phase"])


def _differences(question: Block, theirs: Block, phase: str) -> Iterator[Problem]:
    where, code = at(question), question["code"]
    if question["kind"] != theirs["kind"]:
        yield stop(where, f"{code} is another kind of question in the {phase} version. Give one of them a new code.")
        return
    if question["kind"] == QuestionKind.NUMBER and question["number"]["bands"] != theirs["number"]["bands"]:
        yield look(where, f"The bands of {code} are others in the {phase} version, so the figures cannot be compared.")
    ours = {option["value"]: option["text"]["en"] for option in question["options"]}
    for option in theirs["options"]:
        words = ours.get(option["value"])
        if words is not None and _plain(words) != _plain(option["text"]["en"]):
            yield stop(
                where,
                f"Answer {option['value']} of {code} is “{words}” here and “{option['text']['en']}” in the {phase} "
                "version. Use the same words, or give it another number.",
            )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def _questions(document: Document) -> list[Block]:
    return [question for section in document["sections"] for question in section["questions"]]
