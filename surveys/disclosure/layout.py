"""Cubes laid out school by school, padded to the same number of groups, and what each error costs there."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from .search import Borough, Float32Array
from .shapes import BoolArray, Crossing, IntArray, Plan
from .tables import declared_margins, margin_groups

BASE_TOTAL = 0.05
"""Weight of a group's total beside its percentages: a figure of how many answered should be near, too."""

SCHOOL_COUNTS = 40.0
"""Weight of a school's count of each answer, which the linked cubes must meet with counts within 4 of their own truth."""


Values = TypeVar("Values", IntArray, BoolArray)


@dataclass(frozen=True, eq=False)
class Layout:
    """`place` (schools, groups in the largest school): the crossing's group, or -1 for padding."""

    crossing: Crossing
    place: IntArray

    def spread(self, values: Values) -> Values:
        """(groups, answers) to (schools, groups * answers); padding is 0."""
        padded = np.concatenate([values, np.zeros((1, values.shape[1]), dtype=values.dtype)])
        return padded[self.place].reshape(len(self.place), -1)

    def gather(self, values: IntArray, answers: int) -> IntArray:
        """The inverse: (schools, groups * answers) to (groups, answers)."""
        out = np.zeros((len(self.crossing), answers), dtype=values.dtype)
        real = self.place >= 0
        out[self.place[real]] = values.reshape(*self.place.shape, answers)[real]
        return out

    def real(self, answers: int) -> BoolArray:
        """(schools, groups * answers): not padding."""
        return np.repeat(self.place >= 0, answers, axis=1)


def lay_out(crossing: Crossing) -> Layout:
    """Schools are the values of the first column. A crossing of one column has one group a school."""
    _, school = np.unique(crossing.codes[:, 0], return_inverse=True)
    counts = np.bincount(school)
    place = np.full((len(counts), counts.max()), -1, dtype=np.int64)
    order = np.argsort(school, kind="stable")
    starts = np.cumsum(counts) - counts
    place[school[order], np.arange(len(order)) - starts[school[order]]] = order
    return Layout(crossing, place)


def weigh(layout: Layout, truth: IntArray, counted: BoolArray, plan: Plan | None) -> tuple[Float32Array, Borough]:
    """The objective: for each declared table and each of its groups, the squared errors of the percentages (in respondents)
    and a little of the total. truth (groups, answers); counted (answers,): the answers that percentages are of.
    Returns the quadratic form (schools, cells, cells) and the tables that sum over schools."""
    schools, groups = layout.place.shape
    answers = truth.shape[1]
    quadratic = np.zeros((schools, groups, answers, groups, answers), dtype=np.float32)
    real = layout.place >= 0
    crossing = layout.crossing
    tables = []
    for columns in declared_margins(crossing, plan):
        index, number = margin_groups(crossing, columns)
        sums = np.zeros((number, answers))
        np.add.at(sums, index, truth)
        weights = _table_weight(crossing, columns) * _percent_form(sums, counted)
        if columns == crossing.columns[:1]:
            weights += SCHOOL_COUNTS * np.eye(answers, dtype=np.float32)
        padded = np.where(real, index[layout.place], -1)
        same = (padded[:, :, None] == padded[:, None, :]) & real[:, :, None] & real[:, None, :]
        form = weights[padded]
        for h in range(groups):
            quadratic[:, :, :, h, :] += np.where(same[:, :, h, None, None], form, 0)
        if crossing.columns[0] not in columns:
            spare = np.concatenate([weights, np.zeros((1, answers, answers), dtype=np.float32)])
            tables.append((np.where(real, padded, number), spare))
    return quadratic.reshape(schools, groups * answers, groups * answers), Borough(tables)


def _table_weight(crossing: Crossing, columns: tuple[str, ...]) -> float:
    """Coarser tables weigh more: they are read more, and their groups show more decimals of the truth."""
    return 0.5 * 2.0 ** (len(crossing.columns) - len(columns))


def _percent_form(sums: np.ndarray, counted: BoolArray) -> Float32Array:
    """(table groups, answers, answers): the error of a percentage is e_a - p_a * sum(e), with p the true share."""
    base = np.where(counted, sums, 0.0)
    share = base / np.maximum(base.sum(axis=1, keepdims=True), 1.0)
    project = np.eye(len(counted)) * counted - share[:, :, None] * counted
    form = np.einsum("gca,gcb->gab", project, project) + BASE_TOTAL
    form[:, ~counted, ~counted] += 0.25
    return form.astype(np.float32)
