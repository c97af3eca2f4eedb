"""Everything that was ever published for a family of questions, laid out school by school for the attack.

A *layer* is one cube name (the main cube, one breakdown) of all questions of a family. `lower` and `upper` hold what the published
numbers allow for every count; where an earlier release counted the same respondents, what both allow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .families import Link, link_of
from .intervals import highest, is_tiny, lowest
from .layout import Layout, lay_out
from .shapes import BASE, BoolArray, Cube, DisclosureError, IntArray, Plan, QuestionCubes
from .tables import declared_margins, margin_groups


@dataclass(eq=False)
class Change:
    """An earlier release of the same question and layer, (schools, groups, answers) each; `changed` (schools, groups): where
    other respondents stood than now. Elsewhere its bounds are in the sheet's own."""

    truth: IntArray
    lower: IntArray
    upper: IntArray
    changed: BoolArray
    complete: bool
    """Whether all its groups still exist, so that its totals can be compared."""


@dataclass(eq=False)
class Sheet:
    """One question in one layer, (schools, groups, answers) each. `derived` (answers,): columns that are copied from the sum of
    columns of the head, and so say nothing that the head does not."""

    truth: IntArray
    published: IntArray
    lower: IntArray
    upper: IntArray
    reach: int
    derived: BoolArray
    changes: list[Change] = field(default_factory=list)


@dataclass(eq=False)
class Layer:
    """All questions of a family in one cube. sizes: (schools, groups). margins: name of the table's columns to the local number
    of its groups' parts, (schools, groups), -1 for padding."""

    name: str
    layout: Layout
    sizes: IntArray
    sheets: dict[str, Sheet]
    margins: dict[tuple[str, ...], IntArray]


@dataclass(eq=False)
class Family:
    """A family with all its layers. links: how each question hangs on its head."""

    keys: tuple[str, ...]
    layers: dict[str, Layer]
    links: dict[str, Link]
    answers: dict[str, tuple[str, ...]]
    not_asked: dict[str, int | None]


def open_family(true: Sequence[QuestionCubes], published: Sequence[QuestionCubes], plan: Plan) -> Family:
    """Lay out a family's true and published cubes for an insider who knows the size of every group."""
    questions = [one.question for one in true]
    links = {one.question.key: link for one in true if (link := link_of(one, questions))}
    layers = {}
    for name, first in true[0].cubes.items():
        layout = lay_out(first.crossing)
        shape = (*layout.place.shape, -1)
        sizes = layout.spread(first.counts).reshape(shape).sum(axis=2)
        sheets = {}
        for one, shown in zip(true, published, strict=True):
            sheets[one.question.key] = _sheet(layout, one.cubes[name], shown.cubes[name], links.get(one.question.key))
        margins = {}
        for columns in declared_margins(first.crossing, plan if name == "main" else None):
            index, _ = margin_groups(first.crossing, columns)
            margins[columns] = np.where(layout.place >= 0, index[layout.place], -1)
        layers[name] = Layer(name, layout, sizes, sheets, margins)
    answers = {one.question.key: one.question.answer_keys for one in true}
    past = {
        q.key: q.answer_keys.index(q.not_asked) if q.not_asked in q.answer_keys and q.key in links else None
        for q in questions
    }
    return Family(tuple(answers), layers, links, answers, past)


def _sheet(layout: Layout, true: Cube, shown: Cube, link: Link | None) -> Sheet:
    if true.counts.shape != shown.counts.shape:
        raise DisclosureError("The published cube does not have the groups and answers of the true one.")
    shape = (*layout.place.shape, true.counts.shape[1])
    truth, published = layout.spread(true.counts).reshape(shape), layout.spread(shown.counts).reshape(shape)
    lower, upper = allowed(published, truth.sum(axis=2), shown.reach)
    if true.absent is not None:
        upper = np.where(layout.spread(true.absent).reshape(shape), 0, upper)
    derived = np.zeros(shape[2], dtype=bool)
    for mine, _ in link.blocks if link else ():
        if len(mine) == 1:
            derived[mine] = True
    rounded = derived & (published % BASE == 0)
    lower, upper = np.where(rounded, 0, lower), np.where(rounded, truth.sum(axis=2, keepdims=True), upper)
    return Sheet(truth, published, lower, upper, shown.reach, derived)


def allowed(published: IntArray, sizes: IntArray, reach: int) -> tuple[IntArray, IntArray]:
    """What an insider holds for possible, count by count. A number that is no multiple of 5 was not rounded: it is the truth."""
    tiny = is_tiny(sizes)[..., None]
    exact = published % BASE != 0
    lower = np.where(exact, published, lowest(published, tiny, reach))
    upper = np.where(exact, published, np.minimum(highest(published, reach), sizes[..., None]))
    return lower, upper


def add_earlier(family: Family, true: Sequence[QuestionCubes], published: Sequence[QuestionCubes]) -> None:
    """Add an earlier release to what the attacker knows. Questions and layers that it does not share are left out."""
    for one, shown in zip(true, published, strict=True):
        key = one.question.key
        if family.answers.get(key) != one.question.answer_keys:
            continue
        for name, layer in family.layers.items():
            if name in one.cubes and set(one.cubes[name].crossing.columns) == set(layer.layout.crossing.columns):
                _add_change(layer, layer.sheets[key], one.cubes[name], shown.cubes[name])


def _add_change(layer: Layer, sheet: Sheet, was: Cube, shown: Cube) -> None:
    match = was.crossing.places_of(layer.layout.crossing)
    shape = sheet.truth.shape

    def placed(values: IntArray) -> IntArray:
        return layer.layout.spread(np.where(match[:, None] >= 0, values[match], 0)).reshape(shape)

    truth = placed(was.counts)
    lower, upper = allowed(placed(shown.counts), truth.sum(axis=2), shown.reach)
    known = (
        layer.layout.spread(
            np.broadcast_to((match >= 0).astype(np.int64)[:, None], (len(match), shape[2])).copy()
        ).reshape(shape)
        > 0
    )
    lower, upper = np.where(known, lower, 0), np.where(known, upper, 0)
    changed = (truth != sheet.truth).any(axis=2)
    same = ~changed[:, :, None] & known
    sheet.lower = np.where(same, np.maximum(sheet.lower, lower), sheet.lower)
    sheet.upper = np.where(same, np.minimum(sheet.upper, upper), sheet.upper)
    complete = len(set(match[match >= 0].tolist())) == len(was.crossing)
    sheet.changes.append(Change(truth, lower, upper, changed, complete))


def close_to_truth(sheet: Sheet, reach: int) -> tuple[IntArray, IntArray]:
    """Bounds inside `lower` and `upper`: as if the attacker knew which counts are within 4. A count that can move inside
    these can move."""
    near = (np.abs(sheet.published - sheet.truth) <= reach) & ~sheet.derived
    lower = np.where(near, np.maximum(sheet.lower, sheet.published - reach), sheet.lower)
    upper = np.where(near, np.minimum(sheet.upper, sheet.published + reach), sheet.upper)
    return np.minimum(lower, sheet.truth), upper
