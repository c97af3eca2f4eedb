"""A local search over all schools at once: multiples of 5 that keep every declared percentage close to the truth.

The objective is a sum of squares, e'Qe within each school plus the borough's tables; a move raises or lowers one, two or four
counts of a school by 5. Every step scores all moves of many schools in numpy and takes the best of each school, so that the
cost of Python is shared by a hundred schools. Heat (annealing) was tried and gained nothing once pairs may move
(docs/decisions/0041).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .intervals import lowest
from .shapes import BASE, REACH, ROOM, BoolArray, IntArray

Float32Array = NDArray[np.float32]
FAR = np.float32(1e9)
BROKEN = np.float32(1e5)
"""What one respondent of missing room costs: more than any gain in precision."""


@dataclass(frozen=True, eq=False)
class Moves:
    """`cells` and `signs` (moves, 4): up to two cells of one group, then up to two of another; sign 0 where unused."""

    cells: IntArray
    signs: IntArray

    def __len__(self) -> int:
        return len(self.cells)


def single_moves(groups: int, answers: int) -> Moves:
    """Each count up, each count down."""
    cell = np.arange(groups * answers)
    return _moves([(np.concatenate([cell, cell]), np.repeat([1, -1], len(cell)))])


def row_moves(groups: int, blocks: list[list[int]], answers: int) -> Moves:
    """One count up and another of the same group and block down: keeps the block's total in the group."""
    pairs = [(a, b) for block in blocks for a in block for b in block if a != b]
    return _exchange(groups, answers, pairs)


def _exchange(groups: int, answers: int, pairs: list[tuple[int, int]]) -> Moves:
    if not pairs:
        return _moves([(np.zeros(0, dtype=np.int64),) * 2])
    group = np.repeat(np.arange(groups), len(pairs))
    up, down = (np.tile([pair[side] for pair in pairs], groups) + group * answers for side in (0, 1))
    return _moves([(up, np.ones(len(up), dtype=np.int64)), (down, -np.ones(len(up), dtype=np.int64))])


def column_moves(groups: int, answers: int) -> Moves:
    """One count up and the same answer of another group down: keeps the school's total of the answer."""
    up, down = (~np.eye(groups, dtype=bool)).nonzero()
    answer = np.repeat(np.arange(answers), len(up))
    first, second = (np.tile(side, answers) * answers + answer for side in (up, down))
    nothing = np.zeros(len(first), dtype=np.int64)
    return _moves([(first, nothing + 1), (nothing, nothing), (second, nothing - 1)])


def square_moves(groups: int, blocks: list[list[int]], answers: int) -> Moves:
    """Two groups exchange 5 between two answers of a block: keeps both groups' and both answers' totals."""
    pairs = [(a, b) for block in blocks for a in block for b in block if a != b]
    corners = [
        (g * answers + a, g * answers + b, h * answers + a, h * answers + b)
        for g in range(groups)
        for h in range(g)
        for a, b in pairs
    ]
    cells = np.array(corners, dtype=np.int64).reshape(-1, 4)
    return Moves(cells, np.tile(np.array([1, -1, -1, 1]), (len(cells), 1)))


def _moves(parts: list[tuple[IntArray, IntArray]]) -> Moves:
    number = len(parts[0][0])
    cells, signs = np.zeros((number, 4), dtype=np.int64), np.zeros((number, 4), dtype=np.int64)
    for place, (cell, sign) in enumerate(parts):
        cells[:, place], signs[:, place] = cell, sign
    return Moves(cells, signs)


@dataclass(eq=False)
class Schools:
    """The state of the search. Schools are padded to the same number of groups.

    truth, published: (schools, cells) with cells = groups * answers; free: which may change; sizes: (schools, groups) true
    sizes; quadratic: (schools, cells, cells), borough terms included; cross:
    the borough's tables. reach: how far from the truth a move may go. lean: (schools, cells), a random
    leaning of each count upwards or down, so that the result does not follow from the truth alone.
    """

    truth: IntArray
    published: IntArray
    free: BoolArray
    sizes: IntArray
    quadratic: Float32Array
    answers: int
    cross: "Borough | None" = None
    guarded: bool = True
    reach: int = REACH
    lean: Float32Array | None = None

    def errors(self) -> IntArray:
        return self.published - self.truth

    @property
    def tiny(self) -> BoolArray:
        """(schools, cells)"""
        return np.repeat(self.sizes < 10, self.answers, axis=1)


@dataclass(frozen=True, eq=False)
class Borough:
    """The tables that sum over schools. For each: the table's group of every (school, group), (schools, groups), and its weight
    matrices (table groups, answers, answers)."""

    tables: list[tuple[IntArray, Float32Array]]

    def sums(self, errors: IntArray, answers: int) -> list[Float32Array]:
        """Each table's errors, (table groups, answers)."""
        by_group = errors.reshape(len(errors), -1, answers).astype(np.float32)
        found = [np.zeros((len(weights), answers), dtype=np.float32) for _, weights in self.tables]
        for total, (index, _) in zip(found, self.tables, strict=True):
            np.add.at(total, index, by_group)
        return found

    def pull(self, sums: list[Float32Array], errors: IntArray, active: IntArray, answers: int) -> Float32Array:
        """The gradient that the other schools' errors put on the active schools' cells, (active, cells)."""
        own = errors[active].reshape(len(active), -1, answers).astype(np.float32)
        felt = np.zeros_like(own)
        for total, (index, weights) in zip(sums, self.tables, strict=True):
            here = index[active]
            same = (here[:, :, None] == here[:, None, :]).astype(np.float32)
            others = total[here] - same @ own
            felt += (weights[here] @ others[..., None])[..., 0]
        return 2 * felt.reshape(len(active), -1)


def descend(state: Schools, moves: Moves, random: np.random.Generator, steps: int, at_once: int | None = None) -> None:
    """Take up to `steps` steps, each the best move of every school that has one that helps; stop when none has.

    `at_once`: so many schools move in a step (chosen anew each time), feeling the borough's tables. None: all that still
    improve, each for itself: what the others do in the same step it cannot feel.
    """
    if not len(moves):
        return
    search = _Search(state, moves)
    resting = np.zeros(len(state.truth), dtype=bool)
    for _ in range(steps):
        active = np.flatnonzero(~resting)
        if not len(active):
            return
        if at_once is not None:
            active = random.permutation(active)[:at_once]
        resting[active] = ~search.step(active, feels_borough=at_once is not None)


class _Search:
    """What a step needs to know, kept up to date. Tables over `2 * cells + 1`: each count raised, each lowered, and a last
    place for the unused cells of a move, which costs nothing."""

    def __init__(self, state: Schools, moves: Moves) -> None:
        self.state, self.moves = state, moves
        self.used = [place for place in range(4) if moves.signs[:, place].any()]
        number = state.truth.shape[1]
        self.sides = np.where(moves.signs > 0, moves.cells, np.where(moves.signs < 0, number + moves.cells, 2 * number))
        self.sign = (BASE * moves.signs).astype(np.float32)
        self.gradient = 2 * np.einsum("sij,sj->si", state.quadratic, state.errors().astype(np.float32))
        if state.lean is not None:
            self.gradient += state.lean
        self.curve = np.zeros((len(state.truth), len(moves)), dtype=np.float32)
        for one in self.used:
            for other in self.used:
                factor = self.sign[:, one] * self.sign[:, other]
                self.curve += factor * state.quadratic[:, moves.cells[:, one], moves.cells[:, other]]
        self.tiny = state.tiny
        self.refused = np.zeros((len(state.truth), 2 * number + 1), dtype=np.float32)
        self.gain = np.zeros_like(self.refused)
        self.room = np.zeros((2, *state.sizes.shape), dtype=np.float32)
        self.sums = state.cross.sums(state.errors(), state.answers) if state.cross else []
        self._refresh(np.arange(len(state.truth)))
        self.halves = [half for half in ((0, 1), (2, 3)) if set(half) & set(self.used)]

    def step(self, active: IntArray, *, feels_borough: bool) -> BoolArray:
        """Make the best move of each active school, if it helps; (active,) whether it was made."""
        gradient = self.gradient[active]
        if feels_borough and self.state.cross is not None:
            gradient = gradient + self.state.cross.pull(self.sums, self.state.errors(), active, self.state.answers)
        price = self.refused[active]
        number = gradient.shape[1]
        price[:, :number] += BASE * gradient
        price[:, number : 2 * number] -= BASE * gradient
        score = self.curve[active]
        for place in self.used:
            score += np.take(price, self.sides[:, place], axis=1)
        if self.state.guarded:
            score += BROKEN * self._guard_change(active)
        best = score.argmin(axis=1)
        moved: BoolArray = score[np.arange(len(active)), best] < -1e-3
        self._make(active[moved], best[moved])
        return moved

    def _guard_change(self, active: IntArray) -> Float32Array:
        """How much further from (less than 0: nearer to) rule 3 each move brings its groups, (active, moves)."""
        gain, (below, above) = self.gain[active], self.room[:, active]
        worse = np.zeros((len(active), len(self.moves)), dtype=np.float32)
        for half in self.halves:
            group = self.moves.cells[:, half[0]] // self.state.answers
            more_low = np.take(gain, self.sides[:, half[0]], axis=1)
            if half[1] in self.used:
                more_low = more_low + np.take(gain, self.sides[:, half[1]], axis=1)
            change = self.sign[:, half[0]] + self.sign[:, half[1]]
            room = np.take(below, group, axis=1)
            worse += np.maximum(more_low - room, 0) - np.maximum(-room, 0)
            if change.any():
                room = np.take(above, group, axis=1)
                worse += np.maximum(-room - change, 0) - np.maximum(-room, 0)
        return worse

    def _make(self, active: IntArray, chosen: IntArray) -> None:
        state = self.state
        for place in self.used:
            cell, change = self.moves.cells[chosen, place], self.sign[chosen, place]
            state.published[active, cell] += change.astype(np.int64)
            self.gradient[active] += 2 * change[:, None] * state.quadratic[active, cell]
            group, answer = np.divmod(cell, state.answers)
            for total, (index, _) in zip(self.sums, state.cross.tables if state.cross else [], strict=True):
                np.add.at(total, (index[active, group], answer), change)
        self._refresh(active)

    def _refresh(self, active: IntArray) -> None:
        """Which counts may go up or down (rule 2), what that does to their lowest value, and each group's room (rule 3)."""
        state = self.state
        truth, published, tiny = state.truth[active], state.published[active], self.tiny[active]
        free, number = state.free[active], truth.shape[1]
        now, low = np.abs(published - truth), lowest(published, tiny)
        for side, step in enumerate((BASE, -BASE)):
            then = published + step
            distance = np.abs(then - truth)
            fits = (distance <= state.reach) | (distance < now) | (tiny & (truth == 0) & (then <= BASE))
            place = slice(side * number, (side + 1) * number)
            self.refused[active, place] = np.where(fits & (then >= 0) & free, np.float32(0), FAR)
            self.gain[active, place] = lowest(then, tiny) - low
        shape, sizes = (*state.sizes[active].shape, state.answers), state.sizes[active]
        self.room[0, active] = sizes - low.reshape(shape).sum(axis=2) - np.minimum(ROOM, sizes)
        self.room[1, active] = (published + REACH).reshape(shape).sum(axis=2) - sizes - ROOM
