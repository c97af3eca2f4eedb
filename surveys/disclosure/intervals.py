"""What a published number allows: rule 2 and rule 3 as arithmetic, for the rounding and for the attacker alike."""

import numpy as np

from .shapes import BASE, REACH, ROOM, TINY, BoolArray, IntArray


def floor_of(counts: IntArray) -> IntArray:
    """The multiple of 5 at or below."""
    return counts - counts % BASE


def lowest(published: IntArray, tiny: BoolArray, reach: int | IntArray = REACH) -> IntArray:
    """The smallest true count behind a published one; both (…,). `tiny`: the group may have fewer than ten respondents, so
    that a 5 may stand for nobody."""
    low = np.maximum(published - reach, 0)
    return np.where(tiny & (published == BASE), 0, low)


def highest(published: IntArray, reach: int | IntArray = REACH) -> IntArray:
    """The largest true count behind a published one."""
    return published + reach


def is_tiny(sizes: IntArray) -> BoolArray:
    """Groups in which a true 0 may become 5. An empty group is one of them."""
    return sizes < TINY


def may_be_tiny(published: IntArray, reach: int = REACH) -> BoolArray:
    """The groups, (groups,), that one who sees only published counts (groups, answers) must hold for possibly tiny."""
    sure = lowest(published, np.ones(published.shape, dtype=bool), reach).sum(axis=1)
    return sure < TINY


def guard_room(published: IntArray, sizes: IntArray, reach: int = REACH) -> tuple[IntArray, IntArray]:
    """Rule 3: how far the lowest and the highest total that fit a group's published counts lie from its true size, (groups,)
    each. `published` (groups, answers)."""
    tiny = is_tiny(sizes)[:, None]
    return sizes - lowest(published, tiny, reach).sum(axis=1), highest(published, reach).sum(axis=1) - sizes


def guard_met(published: IntArray, sizes: IntArray, reach: int = REACH) -> BoolArray:
    """Whether each group, (groups,), keeps its room of 3 on both sides; below a size of 3 there is only the size itself."""
    below, above = guard_room(published, sizes, reach)
    return (below >= np.minimum(ROOM, sizes)) & (above >= ROOM)


def guard_wishes(published: IntArray, sizes: IntArray) -> IntArray:
    """For groups that miss rule 3, which count should be lower (-1) or higher (1): their largest, (groups, answers)."""
    below, above = guard_room(published, sizes)
    wish = np.where(above < ROOM, 1, 0) - np.where(below < np.minimum(ROOM, sizes), 1, 0)
    largest = published.argmax(axis=1)[:, None] == np.arange(published.shape[1])
    return np.where(largest, wish[:, None], 0)
