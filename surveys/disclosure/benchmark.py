"""First multiples of 5 that add up to totals which are published already (rule 8). The search then improves them."""

import numpy as np

from .intervals import floor_of
from .shapes import BASE, BoolArray, IntArray


def fill_to(
    truth: IntArray, totals: IntArray, axis: int, free: BoolArray | None = None, start: IntArray | None = None
) -> IntArray:
    """Multiples of 5 near `truth` (…) whose sums along `axis` are `totals`. `free`: which may change from `start`.

    Begins at the floor and raises (or lowers) the count that is furthest below (above) the truth until every total is met.
    """
    filled = np.moveaxis(floor_of(truth) if start is None else start.copy(), axis, -1)
    truth = np.moveaxis(truth, axis, -1)
    may = np.ones(truth.shape, dtype=bool) if free is None else np.moveaxis(free, axis, -1)
    if free is not None:
        filled = np.where(may, floor_of(truth), filled)
    flat, target, open_ = (
        filled.reshape(-1, filled.shape[-1]),
        truth.reshape(-1, filled.shape[-1]),
        may.reshape(-1, filled.shape[-1]),
    )
    missing = (totals.reshape(-1) - flat.sum(axis=1)) // BASE
    while True:
        rows = np.flatnonzero(missing)
        if not len(rows):
            break
        sign = np.sign(missing[rows])[:, None]
        wish = np.where(open_[rows], sign * (target[rows] - flat[rows]), -np.inf)
        wish = np.where((sign < 0) & (flat[rows] < BASE), -np.inf, wish)
        chosen = wish.argmax(axis=1)
        stuck = np.isneginf(wish.max(axis=1))
        if stuck.any():
            open_[rows[stuck]] = True
            if (stuck & (sign[:, 0] < 0) & (flat[rows].sum(axis=1) < BASE)).any():
                raise ValueError("A total below 0 cannot be met.")
            continue
        flat[rows, chosen] += BASE * sign[:, 0]
        missing[rows] -= sign[:, 0]
    return np.moveaxis(flat.reshape(truth.shape), -1, axis)


def fill_table(truth: IntArray, rows: IntArray, columns: IntArray, kept: IntArray) -> IntArray:
    """Multiples of 5 near `truth` (tables, rows, columns) with the given sums (tables, rows) and (tables, columns). `kept`: the
    rows that stay as they are; -1 in others. Where they leave less than nothing of a column, the table keeps none.

    Gives out units of 5, each to the count that lacks most among those whose row and column still lack.
    """
    stays: BoolArray = np.all(kept >= 0, axis=2)
    fits: BoolArray = np.all(np.where(stays[:, :, None], kept, 0).sum(axis=1) <= columns, axis=1)
    stays = stays & fits[:, None]
    filled = np.where(stays[:, :, None], kept, 0)
    row_left, column_left = np.where(stays, 0, rows), columns - filled.sum(axis=1)
    width = truth.shape[2]
    while True:
        tables = np.flatnonzero(row_left.sum(axis=1) > 0)
        if not len(tables):
            return filled
        open_ = (row_left[tables] > 0)[:, :, None] & (column_left[tables] > 0)[:, None, :]
        wish = np.where(open_, (truth[tables] - filled[tables]).astype(np.float64), -np.inf)
        row, column = np.divmod(wish.reshape(len(tables), -1).argmax(axis=1), width)
        filled[tables, row, column] += BASE
        row_left[tables, row] -= BASE
        column_left[tables, column] -= BASE


def lacking(totals: IntArray, free: BoolArray, start: IntArray) -> IntArray:
    """Which totals (tables, columns) cannot be met beside the rows that stay as in `start` (tables, rows, columns): 1 where they
    are too low for them, -1 where they are too high and no row is free to take the rest."""
    stays: BoolArray = ~np.any(free, axis=2)
    none_free: BoolArray = np.all(stays, axis=1)
    over = totals - np.where(stays[:, :, None], start, 0).sum(axis=1)
    return np.where(over < 0, 1, np.where((over > 0) & none_free[:, None], -1, 0))
