"""Whether each question that follows from another can ever be reached."""

from collections.abc import Iterator

from ..enums import QuestionKind
from ..reading import Block, Document
from .problem import Problem, at, look, stop

LEADS = (QuestionKind.CHOICE, QuestionKind.CHOOSE_ALL, QuestionKind.NUMBER)
"""Kinds whose answer can lead to another question."""


def problems(document: Document) -> Iterator[Problem]:
    """Each rule against the question it names: it must stand earlier, be asked of the same years and have the answers."""
    earlier: dict[str, tuple[Block, set[int]]] = {}
    for section in document["sections"]:
        for question in section["questions"]:
            years = set(question["years"] or section["years"] or document["years"])
            reached = years & set(section["years"] or document["years"]) & set(document["years"])
            if not reached:
                yield stop(at(question), "No year group is asked it: its years are not among those of its section.")
            if question["shown_if"]:
                yield from _of_rule(question, reached, earlier)
            earlier[question["code"]] = (question, reached)


def possible_answers(question: Block) -> set[int]:
    """Every answer of a question that a rule can name."""
    if question["kind"] == QuestionKind.NUMBER:
        return set(range(question["number"]["min"], question["number"]["max"] + 1))
    return {option["value"] for option in question["options"]}


def _of_rule(question: Block, years: set[int], earlier: dict[str, tuple[Block, set[int]]]) -> Iterator[Problem]:
    rule, where = question["shown_if"], at(question)
    if rule["code"] not in earlier:
        yield stop(where, f"It follows from {rule['code']}, which is not asked before it. Move it, or choose another.")
        return
    parent, parent_years = earlier[rule["code"]]
    if parent["kind"] not in LEADS:
        yield stop(where, f"{rule['code']} is a grid or a text, which cannot lead to another question.")
        return
    if parent["shown_if"]:
        yield stop(
            where, f"{rule['code']} follows from another question itself. One step is all that pupils can follow."
        )
    if not rule["values"]:
        yield stop(where, f"Choose which answers to {rule['code']} lead to it.")
    elif wrong := sorted(set(rule["values"]) - possible_answers(parent)):
        yield stop(
            where, f"It follows from answer {', '.join(map(str, wrong))} to {rule['code']}, which is no answer of it."
        )
    if not years & parent_years:
        yield stop(where, f"It is asked of other year groups than {rule['code']}, so nobody can reach it.")
    elif years - parent_years:
        missed = ", ".join(f"Year {year}" for year in sorted(years - parent_years))
        yield look(where, f"{missed} cannot reach it, because {rule['code']} is not asked of them.")
