"""Sealed answers to true inner counts. The result is secret: it goes to `protect` and to `gate`, and nowhere else."""

from collections.abc import Mapping, Sequence

import numpy as np

from .shapes import (
    MAIN,
    BoolArray,
    Column,
    Crossing,
    Cube,
    DisclosureError,
    IntArray,
    Plan,
    Question,
    QuestionCubes,
    Wave,
)


def tabulate(answers: IntArray, columns: Mapping[str, Column], plan: Plan, questions: Sequence[Question]) -> Wave:
    """Count answers in every group of the plan.

    answers: (respondents, positions) integers as sealed, at most 65,535 apart. columns: every column that the plan names.
    Returns true counts: for each question a main cube (groups of area x inner, answers) and one for each breakdown.
    Raises DisclosureError for a column or position that is not there, a code that no category covers, or an answer where the
    routing says that the question was not asked.
    """
    answers = np.asarray(answers)
    _check(answers, columns, plan, questions)
    crossings = {MAIN: _cross(columns, (plan.area, *plan.inner))}
    crossings |= {name: _cross(columns, (plan.area, name)) for name in plan.breakdowns}
    places: dict[str, IntArray] = {}
    counted = []
    for question in questions:
        inside = _inside(columns, question, len(answers))
        coded = places[question.key] = _code(answers[:, question.position], question, inside)
        _check_routing(places, question, questions, inside)
        counted.append(QuestionCubes(question, _count(coded, inside, crossings, len(question.answers))))
    return Wave(plan, tuple(counted))


def crossing_of(columns: Mapping[str, Column], names: Sequence[str]) -> Crossing:
    """The groups of a crossing: every combination of labels, but of a structural column only what its area has."""
    return _cross(columns, tuple(names))[0]


def _cross(columns: Mapping[str, Column], names: tuple[str, ...]) -> tuple[Crossing, IntArray]:
    """The crossing, and the group of every respondent, (respondents,)."""
    sizes = [len(columns[name].labels) for name in names]
    flat = np.ravel_multi_index([columns[name].codes for name in names], sizes)
    every = np.stack(np.unravel_index(np.arange(np.prod(sizes)), sizes), axis=1)
    exists = np.zeros(len(every), dtype=bool)
    exists[flat] = True
    keep = np.isin(every[:, 0], columns[names[0]].codes)
    for place, name in enumerate(names[1:], 1):
        if columns[name].structural:
            seen = np.zeros((sizes[0], sizes[place]), dtype=bool)
            seen[columns[names[0]].codes, columns[name].codes] = True
            keep &= seen[every[:, 0], every[:, place]]
    index = np.cumsum(keep) - 1
    crossing = Crossing(names, tuple(columns[name].labels for name in names), every[keep].astype(np.int64))
    return crossing, index[flat]


def _code(values: IntArray, question: Question, inside: BoolArray) -> IntArray:
    """The category of every respondent, by a table from code to category; -1 for who stands outside the question's tables."""
    lowest = min(int(values.min(initial=0)), *(min(answer.codes) for answer in question.answers))
    highest = max(int(values.max(initial=0)), *(max(answer.codes) for answer in question.answers))
    table = np.full(highest - lowest + 1, -1, dtype=np.int64)
    for place, answer in enumerate(question.answers):
        table[np.array(answer.codes) - lowest] = place
    coded = table[values - lowest]
    strays = inside & (coded < 0)
    if strays.any():
        stray = sorted({int(value) for value in values[strays]})[:5]
        raise DisclosureError(
            f"Question {question.key} has answers that no category covers: {stray}. Add a category for them."
        )
    return coded


def _inside(columns: Mapping[str, Column], question: Question, respondents: int) -> BoolArray:
    inside = np.ones(respondents, dtype=bool)
    for name, labels in question.only.items():
        column = columns[name]
        inside &= np.isin(column.codes, [column.labels.index(label) for label in labels if label in column.labels])
    return inside


def _count(
    coded: IntArray, inside: BoolArray, crossings: Mapping[str, tuple[Crossing, IntArray]], answers: int
) -> dict[str, Cube]:
    cubes = {}
    for name, (crossing, group) in crossings.items():
        flat = group * answers + coded
        if not inside.all():
            flat = flat[inside]
        counts = np.bincount(flat, minlength=len(crossing) * answers).reshape(len(crossing), answers)
        cubes[name] = Cube(crossing, counts.astype(np.int64))
    return cubes


def _check(answers: IntArray, columns: Mapping[str, Column], plan: Plan, questions: Sequence[Question]) -> None:
    if answers.ndim != 2 or not len(answers):
        raise DisclosureError("There are no answers to count.")
    for name in (plan.area, *plan.inner, *plan.breakdowns, *(name for one in questions for name in one.only)):
        if name not in columns:
            raise DisclosureError(f"The plan names the characteristic “{name}”, which the answers do not have.")
        if len(columns[name].codes) != len(answers):
            raise DisclosureError(f"The characteristic “{name}” does not have one value for each respondent.")
    keys = [question.key for question in questions]
    for question in questions:
        if keys.count(question.key) > 1:
            raise DisclosureError(f"Two questions have the key {question.key}.")
        if not 0 <= question.position < answers.shape[1]:
            raise DisclosureError(f"Question {question.key} stands at place {question.position}, which no answer has.")
        if question.parent is not None and question.parent not in keys[: keys.index(question.key)]:
            raise DisclosureError(f"Question {question.key} follows {question.parent}, which does not stand before it.")


def _check_routing(
    places: Mapping[str, IntArray], question: Question, questions: Sequence[Question], inside: BoolArray
) -> None:
    if question.parent is None:
        return
    parent = next(one for one in questions if one.key == question.parent)
    if question.not_asked not in question.answer_keys or not set(question.route) < set(parent.answer_keys):
        raise DisclosureError(
            f"Question {question.key} is routed: it needs its “not asked” category and {parent.key}'s answers."
        )
    if dict(parent.only) != dict(question.only):
        raise DisclosureError(f"Question {question.key} and {parent.key} must be for the same respondents.")
    asked = np.isin(places[parent.key], [parent.answer_keys.index(key) for key in question.route])
    got = places[question.key] != question.answer_keys.index(question.not_asked)
    wrong = int((inside & (asked != got)).sum())
    if wrong:
        raise DisclosureError(
            f"{wrong} answers to {question.key} do not fit its routing after {parent.key}. Mend them, or name no parent."
        )
