"""The usual release, "hide counts under 5", and how much of it comes back: the yardstick that the gate breaks each time."""

import numpy as np

from .shapes import Cube, IntArray, Plan
from .tables import declared_margins, margin_groups

HIDDEN = (1, 4)
"""Counts from 1 to 4 are left out, in the inner groups and in every margin; 0 and all others are printed."""


def small_counts(truth: IntArray) -> int:
    """How many counts of 1 to 4 there are."""
    return int(((truth >= HIDDEN[0]) & (truth <= HIDDEN[1])).sum())


def recovered(cube: Cube, plan: Plan | None, passes: int = 12) -> int:
    """How many hidden inner counts of a naive release of all declared tables can be worked out exactly, by narrowing each
    count from each total it is in until nothing changes. A lower bound: a solver finds a few more."""
    truth = cube.counts
    hidden = (truth >= HIDDEN[0]) & (truth <= HIDDEN[1])
    low, high = np.where(hidden, HIDDEN[0], truth), np.where(hidden, HIDDEN[1], truth)
    tables = []
    for columns in declared_margins(cube.crossing, plan):
        index, number = margin_groups(cube.crossing, columns)
        for by_answer in (True, False):
            flat = (
                index[:, None] * truth.shape[1] + np.arange(truth.shape[1]) if by_answer else index[:, None] + 0 * truth
            )
            tables.append(_Total(flat, number * (truth.shape[1] if by_answer else 1), truth))
    for _ in range(passes):
        before = int((high - low).sum())
        for table in tables:
            low, high = table.narrow(low, high)
        if int((high - low).sum()) == before:
            break
    return int((hidden & (low == high)).sum())


class _Total:
    """One printed table of sums. `flat` (groups, answers): which sum each count belongs to."""

    def __init__(self, flat: IntArray, number: int, truth: IntArray) -> None:
        self.flat, self.number = flat, number
        total = self._sum(truth)
        hidden = (total >= HIDDEN[0]) & (total <= HIDDEN[1])
        self.low, self.high = np.where(hidden, HIDDEN[0], total), np.where(hidden, HIDDEN[1], total)

    def narrow(self, low: IntArray, high: IntArray) -> tuple[IntArray, IntArray]:
        """What is left for each count when all others of its sum are at their other end."""
        most = (self.high - self._sum(low))[self.flat] + low
        least = (self.low - self._sum(high))[self.flat] + high
        return np.maximum(low, least), np.minimum(high, most)

    def _sum(self, counts: IntArray) -> IntArray:
        return np.bincount(self.flat.ravel(), weights=counts.ravel(), minlength=self.number).astype(np.int64)
