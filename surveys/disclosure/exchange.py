"""Proof, without a solver, that a count can have other values: exchanges that leave everything known as it is.

From the truth, move d respondents of group g from answer b to a, and d of another group h of the same school from a to b. Sizes
of groups and the school's totals stay, so nothing that an insider knows changes, as long as all four counts stay within what
their published values allow. A count that can move two steps in such ways has three possible values. This is stronger than a
linear programme: the exchanged tables are whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .families import Link
from .ledger import Family, Layer
from .shapes import BoolArray, IntArray

UNLIMITED = 30_000


@dataclass(frozen=True, eq=False)
class Slack:
    """How far each count may rise and fall from the truth, (schools, groups, answers) each, by question."""

    up: IntArray
    down: IntArray

    def pairs(self) -> IntArray:
        """How many respondents may move to answer a from answer b in each group, (schools, groups, a, b)."""
        up, down = (np.clip(side, 0, 1000).astype(np.int16) for side in (self.up, self.down))
        found = np.minimum(up[:, :, :, None], down[:, :, None, :])
        same = np.arange(found.shape[2])
        found[:, :, same, same] = 0
        return found


class Exchanges:
    """The exchanges of one family, for slacks by layer and question."""

    def __init__(self, family: Family, slacks: Mapping[str, Mapping[str, Slack]]) -> None:
        self.family = family
        self.pairs = {name: {key: slack.pairs() for key, slack in layer.items()} for name, layer in slacks.items()}
        self._across: dict[tuple[str, str], IntArray] = {}
        self._through: dict[tuple[str, str], IntArray] = {}

    def reach(self, layer: Layer, key: str, index: IntArray) -> tuple[IntArray, IntArray]:
        """How far each count of a table may rise and fall, counted in the table's groups: (schools, groups, answers), the same
        for all groups that the table sums. `index` (schools, groups): the table's groups."""
        pairs = self.pairs[layer.name][key]
        opposite = np.maximum(self._opposite(layer, key, index), 0)
        opposite = np.maximum(opposite, self._through_layers(layer, key)[:, None])
        both = np.minimum(pairs, opposite)
        return _over_table(both.max(axis=3), index), _over_table(both.max(axis=2), index)

    def _opposite(self, layer: Layer, key: str, index: IntArray) -> IntArray:
        """The best partner outside the group's part of the table, (schools, groups, a, b)."""
        if self._kin(key):
            across = self.across(layer, key)
            outside = (index[:, :, None] != index[:, None, :])[:, :, :, None, None]
            if key in self.family.links:
                outside = outside & _within(self.family.links[key], across.shape[-1], own=True)
            return np.where(outside, across, 0).max(axis=2)
        turned = self.pairs[layer.name][key].swapaxes(2, 3)
        return _best_outside(turned, index)

    def across(self, layer: Layer, key: str) -> IntArray:
        """For groups g and h and answers a and b: how far g may go from b to a while h goes from a to b, with all questions
        that hang on this one, (schools, g, h, a, b)."""
        if (layer.name, key) not in self._across:
            pairs = self.pairs[layer.name][key]
            across = np.minimum(pairs[:, :, None], pairs.swapaxes(2, 3)[:, None, :])
            for child, link in self.family.links.items():
                if link.head == key:
                    across = np.minimum(across, self._followed(layer, child, link, pairs.shape[-1]))
            self._across[layer.name, key] = across
        return self._across[layer.name, key]

    def _followed(self, layer: Layer, child: str, link: Link, answers: int) -> IntArray:
        """How far the child can follow each exchange of its head; no limit where both answers are of one block."""
        deeper = self.across(layer, child)
        limit = np.full((*deeper.shape[:3], answers, answers), UNLIMITED, dtype=deeper.dtype)
        for mine, theirs in link.blocks:
            for other, beyond in link.blocks:
                if mine != other:
                    best = deeper[:, :, :, mine][:, :, :, :, other].max(axis=(3, 4))
                    for a in theirs:
                        limit[:, :, :, a, beyond] = best[..., None]
        return limit

    def blocks_reach(self, layer: Layer, key: str, index: IntArray) -> tuple[IntArray, IntArray]:
        """How far a routed question's past-it column may rise and fall, moved by its head, (schools, groups)."""
        link = self.family.links[key]
        across = self.across(layer, link.head)
        outside = index[:, :, None] != index[:, None, :]
        past, asked = link.blocks[0][1], link.blocks[-1][1]
        rise = np.where(outside, across[:, :, :, past][:, :, :, :, asked].max(axis=(3, 4)), 0).max(axis=2)
        fall = np.where(outside, across[:, :, :, asked][:, :, :, :, past].max(axis=(3, 4)), 0).max(axis=2)
        return _over_table(rise[:, :, None], index)[:, :, 0], _over_table(fall[:, :, None], index)[:, :, 0]

    def _through_layers(self, layer: Layer, key: str) -> IntArray:
        """Moves that change the school's totals and are followed in every other layer, (schools, a, b)."""
        if (layer.name, key) not in self._through:
            pairs = self.pairs[layer.name][key]
            best = np.full((len(pairs), *pairs.shape[2:]), UNLIMITED, dtype=pairs.dtype)
            for name, others in self.pairs.items():
                if name != layer.name:
                    best = np.minimum(best, others[key].max(axis=1))
            self._through[layer.name, key] = np.where(self.free_pairs(key, pairs.shape[-1]), best, 0)
        return self._through[layer.name, key]

    def free_pairs(self, key: str, answers: int) -> BoolArray:
        """(a, b) that no other question of the family notices."""
        free = np.ones((answers, answers), dtype=bool)
        for child, link in self.family.links.items():
            if child == key:
                free &= _within(link, answers, own=True)
            elif link.head == key:
                free &= _within(link, answers, own=False)
        return free

    def _kin(self, key: str) -> bool:
        return key in self.family.links or any(link.head == key for link in self.family.links.values())


def steps(up: IntArray, down: IntArray, free: BoolArray, group: int, answer: int, most: int) -> int:
    """How many single steps a count of one school can be raised and lowered, both together, at most `most`: exchanges one
    after another, each with the partner that leaves most. up, down: slacks (groups, answers); free (a, b): allowed pairs."""
    made = 0
    for rising in (True, False):
        above, below = (up.copy(), down.copy()) if rising else (down.copy(), up.copy())
        while made < most:
            # Lowering is raising with the slacks turned round.
            partner = np.where(free[answer], np.minimum(below[group], np.arange(len(free)) != answer), 0)
            others = np.minimum(above, below[:, answer : answer + 1])
            others[group] = 0
            best = np.minimum(partner * np.minimum(above[group, answer], 1), others.max(axis=0))
            chosen = int(best.argmax())
            if best[chosen] <= 0:
                break
            other = int(others[:, chosen].argmax())
            for cell, sign in (
                ((group, answer), 1),
                ((group, chosen), -1),
                ((other, answer), -1),
                ((other, chosen), 1),
            ):
                above[cell] -= sign
                below[cell] += sign
            made += 1
    return made


def _within(link: Link, answers: int, *, own: bool) -> BoolArray:
    """(a, b): both in one block of the link, on the own or on the head's side."""
    block = np.zeros(answers, dtype=np.int64)
    for place, sides in enumerate(link.blocks):
        block[sides[0 if own else 1]] = place
    found: BoolArray = block[:, None] == block[None, :]
    return found


def _best_outside(values: IntArray, index: IntArray) -> IntArray:
    """For each group the largest value of the groups with another index in its school; (schools, groups, …)."""
    schools, groups = index.shape
    best = np.zeros((schools, *values.shape[2:]), dtype=values.dtype)
    second = best.copy()
    owner = np.full(best.shape, -2, dtype=np.int64)
    for g in range(groups):
        value, mine = values[:, g], index[:, g].reshape(schools, *[1] * (values.ndim - 2))
        same = owner == mine
        second = np.where(same, second, np.where(value > best, best, np.maximum(second, value)))
        owner = np.where((value > best) & ~same, mine, owner)
        best = np.maximum(best, value)
    mine = index.reshape(schools, groups, *[1] * (values.ndim - 2))
    return np.where(owner[:, None] == mine, second[:, None], best[:, None])


def _over_table(values: IntArray, index: IntArray) -> IntArray:
    """The largest value of all groups that the table sums, given to each of them."""
    out = values.copy()
    for g in range(index.shape[1]):
        same = (index == index[:, g : g + 1])[:, :, None]
        out[:, g] = np.where(same, values, 0).max(axis=1)
    return out
