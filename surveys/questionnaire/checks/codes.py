"""Codes: each once in a version, and with one meaning in every phase, because figures of both are shown side by side."""

from collections import Counter
from collections.abc import Iterator

from ..enums import QuestionKind
from ..reading import Block, Document
from .problem import Problem, at, stop


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
    if question["demographic"] != theirs["demographic"]:
        yield stop(where, f"{code} stands for another characteristic in the {phase} version. Give one a new code.")
    if question["kind"] == QuestionKind.NUMBER and _measure(question) != _measure(theirs):
        yield stop(
            where,
            f"The numbers, bands or unit of {code} are others in the {phase} version, so the figures of both could not be put "
            "together. Use the same, or give one of them a new code.",
        )
    for what, ours, other in (
        ("Answer", _words(question["options"], "value"), _words(theirs["options"], "value")),
        ("Row", _words(question["rows"], "key"), _words(theirs["rows"], "key")),
    ):
        for place in ours.keys() & other.keys():
            if _plain(ours[place]) != _plain(other[place]):
                name = "number" if what == "Answer" else "key"
                yield stop(
                    where,
                    f"{what} {place} of {code} is “{ours[place]}” here and “{other[place]}” in the {phase} version. Use the "
                    f"same words, or give it another {name}.",
                )


def _measure(question: Block) -> tuple[int, int, list[int], str]:
    number = question["number"]
    return number["min"], number["max"], list(number["bands"]), _plain(number["unit"].get("en", ""))


def _words(places: list[Block], name: str) -> dict[str, str]:
    return {str(place[name]): place["text"]["en"] for place in places}


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def _questions(document: Document) -> list[Block]:
    return [question for section in document["sections"] for question in section["questions"]]
