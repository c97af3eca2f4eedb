"""What protection costs: the error of percentages by the size of the group, shown to the survey manager before release."""

from dataclasses import dataclass

import numpy as np

from .shapes import MAIN, Cube, FloatArray, IntArray, Plan, Wave
from .tables import declared_margins, margin_groups

BANDS = (10, 20, 30, 50, 100, 200, 500, 1000)
"""Lowest number of respondents of each row, as in the table of the surveys reference, 4.2."""


@dataclass(frozen=True)
class ErrorRow:
    """One row: groups with `lowest` to `highest` respondents (None: and more), how many percentages they have, and the mean
    and the 95th percentile of |published − true| in percentage points. NaN where there are none."""

    lowest: int
    highest: int | None
    percentages: int
    mean: float
    p95: float


def error_table(wave: Wave, release: Wave, bands: tuple[int, ...] = BANDS) -> tuple[ErrorRow, ...]:
    """The error of every percentage of every declared table, by group size. Percentages of a group whose published base
    is 0 count as an error of the whole true percentage."""
    sizes, errors = [], []
    for true, published in zip(wave.questions, release.questions, strict=True):
        for name, cube in true.cubes.items():
            size, error = percentage_errors(cube, published.cubes[name], wave.plan if name == MAIN else None)
            sizes.append(size)
            errors.append(error)
    return _rows(np.concatenate(sizes), np.concatenate(errors), bands)


def percentage_errors(true: Cube, published: Cube, plan: Plan | None) -> tuple[IntArray, FloatArray]:
    """(sizes, errors in points), one entry for each group of each declared margin and each answer. `plan` None: all margins."""
    sizes, errors = [], []
    for columns in declared_margins(true.crossing, plan):
        index, number = margin_groups(true.crossing, columns)
        truth = np.zeros((number, true.counts.shape[1]), dtype=np.int64)
        shown = np.zeros_like(truth)
        np.add.at(truth, index, true.counts)
        np.add.at(shown, index, published.counts)
        base = truth.sum(axis=1, keepdims=True)
        percent = 100.0 * shown / np.maximum(shown.sum(axis=1, keepdims=True), 1)
        error = np.abs(percent - 100.0 * truth / np.maximum(base, 1))
        sizes.append(np.broadcast_to(base, truth.shape)[base[:, 0] > 0].ravel())
        errors.append(error[base[:, 0] > 0].ravel())
    return np.concatenate(sizes), np.concatenate(errors)


def _rows(sizes: IntArray, errors: FloatArray, bands: tuple[int, ...]) -> tuple[ErrorRow, ...]:
    rows = []
    for lowest, following in zip(bands, (*bands[1:], None), strict=True):
        inside = (sizes >= lowest) & ((sizes < following) if following else True)
        found = errors[inside]
        mean, p95 = (float(found.mean()), float(np.percentile(found, 95))) if len(found) else (float("nan"),) * 2
        rows.append(ErrorRow(lowest, following - 1 if following else None, len(found), mean, p95))
    return tuple(rows)
