"""What an outsider and an insider learn from one published cube: how many values each small count may have.

Exact for a cube whose other numbers are all sums of it: an outsider's counts do not bear on one another, an insider's only
within their group, whose size he knows.
"""

import numpy as np

from .intervals import highest, lowest, may_be_tiny
from .ledger import allowed
from .shapes import BASE, Cube, IntArray


def outsider_bounds(published: Cube) -> tuple[IntArray, IntArray]:
    """Smallest and largest value of each count for one who sees the published cube alone, (groups, answers)."""
    exact = published.counts % BASE != 0
    low = lowest(published.counts, may_be_tiny(published.counts, published.reach)[:, None], published.reach)
    return np.where(exact, published.counts, low), np.where(
        exact, published.counts, highest(published.counts, published.reach)
    )


def insider_bounds(published: Cube, sizes: IntArray) -> tuple[IntArray, IntArray]:
    """The same for one who also knows the size of every group, (groups,)."""
    low, high = allowed(published.counts, sizes, published.reach)
    if published.absent is not None:
        high = np.where(published.absent, 0, high)
    least = sizes[:, None] - (high.sum(axis=1, keepdims=True) - high)
    most = sizes[:, None] - (low.sum(axis=1, keepdims=True) - low)
    return np.maximum(low, least), np.minimum(high, most)


def values_left(truth: IntArray, low: IntArray, high: IntArray, *, knows_sizes: bool) -> dict[str, int]:
    """How many counts of 1 to 4 are left with 1, 2, 3, 4 or more possible values. Where an insider's own knowledge (a group of
    one has only two possible counts) leaves as few, the count stands under "known from the size alone"."""
    small = (truth > 0) & (truth < BASE)
    values = high - low + 1
    known = knows_sizes & (values >= truth.sum(axis=1, keepdims=True) + 1) & (values < 3)
    left = {"known from the size alone": int((small & known).sum())} if knows_sizes else {}
    values = values[small & ~known]
    return left | {str(n): int((values == n).sum()) for n in (1, 2, 3, 4)} | {"5 or more": int((values > 4).sum())}
