"""Whether each question can be answered at all: options, rows, numbers, free text."""

from collections import Counter
from collections.abc import Iterator

from ..enums import OptionKind, QuestionKind
from ..reading import Block, Document
from .problem import Problem, at, look, stop

MOST_OPTIONS = 11
MOST_TEXTS = 2


def problems(document: Document, *, is_consultation: bool) -> Iterator[Problem]:
    """Each question by its kind, then what concerns them together."""
    questions = [question for section in document["sections"] for question in section["questions"]]
    for question in questions:
        yield from _of_question(question)
    for section in document["sections"]:
        if not section["questions"]:
            yield look(f"section.{section['key']}", "This section has no questions. Add some, or delete it.")
    if not questions:
        yield stop("", "There are no questions yet.")
    yield from _of_texts([q for q in questions if q["kind"] == QuestionKind.TEXT], is_consultation)


def _of_question(question: Block) -> Iterator[Problem]:
    where, options = at(question), question["options"]
    if question["kind"] in (QuestionKind.CHOICE, QuestionKind.CHOOSE_ALL, QuestionKind.GRID):
        if not 2 <= len(options) <= MOST_OPTIONS:
            yield stop(where, f"It has {len(options)} options. Between 2 and {MOST_OPTIONS} can be shown.")
        for words, times in Counter(option["text"]["en"].strip().casefold() for option in options).items():
            if times > 1:
                yield stop(where, f"The option “{words}” is there {times} times. Keep one.")
    if question["kind"] == QuestionKind.GRID and not question["rows"]:
        yield stop(where, "This grid has no rows. Add the things that it asks about.")
    if question["kind"] == QuestionKind.CHOOSE_ALL:
        nones = [option for option in options if option["kind"] == OptionKind.NONE]
        if len(nones) != 1:
            yield stop(where, "A question with “choose all” needs one option “none of these”, else nobody can tell "
                       "“none” from “skipped”.")  # fmt: skip
    elif any(option["kind"] == OptionKind.NONE for option in options):
        yield look(where, "“None of these” does something only where all that apply can be chosen.")
    if question["kind"] == QuestionKind.NUMBER:
        yield from _of_number(question)
    if question["sensitive"] and not question["prefer_not"]:
        yield look(where, "It is sensitive, and pupils cannot say that they prefer not to answer.")


def _of_number(question: Block) -> Iterator[Problem]:
    number = question["number"]
    bands = number["bands"]
    if number["max"] <= number["min"]:
        yield stop(at(question), "The largest number must be above the smallest.")
    if bands != sorted(set(bands)) or any(not number["min"] <= band <= number["max"] for band in bands):
        yield stop(at(question), "The bands must rise, and lie between the smallest and the largest number.")
    elif not bands and number["max"] - number["min"] > MOST_OPTIONS:
        yield look(at(question), "Say in which bands the figures are shown, else each number is a group of its own.")


def _of_texts(texts: list[Block], is_consultation: bool) -> Iterator[Problem]:
    for question in texts:
        if not is_consultation:
            yield stop(at(question), "Free text is for small consultations only. Offer choices, with “another answer”.")
    if len(texts) > MOST_TEXTS:
        yield stop("", f"There are {len(texts)} boxes for free text. A consultation can have {MOST_TEXTS}, "
                   "because people read every word.")  # fmt: skip
