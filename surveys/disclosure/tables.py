"""Which sums of a cube are published: the declared margins."""

from itertools import combinations

import numpy as np

from .shapes import Crossing, DisclosureError, IntArray, Plan


def declared_margins(crossing: Crossing, plan: Plan | None = None) -> tuple[tuple[str, ...], ...]:
    """The declared tables of a crossing, each a tuple of its columns: () is the borough total, all of them the inner groups.
    Without a plan, or where its margins are None, every set of columns is declared."""
    if plan is None or plan.margins is None:
        columns = crossing.columns
        return tuple(chosen for size in range(len(columns) + 1) for chosen in combinations(columns, size))
    for chosen in plan.margins:
        if not set(chosen) <= set(crossing.columns):
            raise DisclosureError(
                f"The margin {'+'.join(chosen)} names a column that is not in {'+'.join(crossing.columns)}."
            )
    return tuple(tuple(column for column in crossing.columns if column in chosen) for chosen in plan.margins)


def margin_groups(crossing: Crossing, columns: tuple[str, ...]) -> tuple[IntArray, int]:
    """For a margin: the margin's group of every inner group, (groups,), and how many there are."""
    if not columns:
        return np.zeros(len(crossing), dtype=np.int64), 1
    places = [crossing.columns.index(column) for column in columns]
    sizes = [len(crossing.labels[place]) for place in places]
    flat = np.ravel_multi_index([crossing.codes[:, place] for place in places], sizes)
    seen, index = np.unique(flat, return_inverse=True)
    return index.astype(np.int64), len(seen)


def sum_over(crossing: Crossing, columns: tuple[str, ...], counts: IntArray) -> IntArray:
    """The margin's counts, (margin groups, answers)."""
    index, number = margin_groups(crossing, columns)
    total = np.zeros((number, counts.shape[1]), dtype=counts.dtype)
    np.add.at(total, index, counts)
    return total
