"""Additive rounding to base 5 with a guard: true counts in, counts that may be published out (if the gate agrees).

Rules (surveys reference, 4.3). Each count of the main cube is a multiple of 5 within 4 of the truth (rule 2; in groups under
ten a true 0 may become 5), every group leaves an insider room of 3 (rule 3), every other number is a sum (rule 4). Linked cubes
take the main cube's totals of each school and answer; routed questions and the options of a choose-all take their head's
totals of each group (rule 8). Where that cannot be done within 4, the cube's `reach` says how far it went.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from .benchmark import fill_table, fill_to, lacking
from .families import Link, families, link_of
from .intervals import floor_of, guard_met, guard_wishes, is_tiny
from .layout import SCHOOL_COUNTS, Layout, lay_out, weigh
from .search import Moves, Schools, column_moves, descend, row_moves, single_moves, square_moves
from .shapes import BASE, MAIN, REACH, BoolArray, Cube, IntArray, Plan, Question, QuestionCubes, Wave

Progress = Callable[[int, int], None]
TRIES = 4
"""How often a main cube may be aimed anew because a linked cube could not meet its totals safely."""
LEAN = 2.0
"""Strength of the random leaning (docs/decisions/0042): with none, the search would find the same optimum whatever the seed."""


def protect(
    wave: Wave,
    *,
    seed: bytes | int,
    workers: int = 1,
    earlier: tuple[Wave, Wave] | None = None,
    progress: Progress | None = None,
) -> Wave:
    """Round every question's cubes. The same wave and seed give the same release, whatever the number of workers.

    `earlier`: (true, published) of the release that this one corrects: groups whose answers did not change keep their
    published counts, for two roundings of one truth would tell more than one.
    """
    protected: list[QuestionCubes] = []
    for family in protect_each(wave, seed=seed, workers=workers, earlier=earlier):
        protected += family
        if progress:
            progress(len(protected), len(wave.questions))
    order = {question.question.key: place for place, question in enumerate(wave.questions)}
    return Wave(wave.plan, tuple(sorted(protected, key=lambda one: order[one.question.key])))


def protect_each(
    wave: Wave, *, seed: bytes | int, workers: int = 1, earlier: tuple[Wave, Wave] | None = None, attempt: int = 1
) -> Iterator[tuple[QuestionCubes, ...]]:
    """The same, a family at a time, in the order of `families`. A family comes out the same alone.

    `attempt`: 2 and more round otherwise from the same seed, for families whose first rounding the gate did not pass.
    """
    tasks = [
        _Task(wave.plan, _those(wave, keys), _seed(seed, keys[0], attempt), _earlier(earlier, keys))
        for keys in families(wave)
    ]
    if workers <= 1 or len(tasks) == 1:
        yield from map(_protect_family, tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_protect_family, tasks)


@dataclass(frozen=True, eq=False)
class _Task:
    plan: Plan
    family: tuple[QuestionCubes, ...]
    seed: int
    earlier: tuple[tuple[QuestionCubes, ...], tuple[QuestionCubes, ...]] | None


def _those(wave: Wave, keys: Sequence[str]) -> tuple[QuestionCubes, ...]:
    return tuple(wave.of(key) for key in keys)


def _earlier(
    earlier: tuple[Wave, Wave] | None, keys: Sequence[str]
) -> tuple[tuple[QuestionCubes, ...], tuple[QuestionCubes, ...]] | None:
    return (_those(earlier[0], keys), _those(earlier[1], keys)) if earlier else None


def _seed(seed: bytes | int, key: str, attempt: int) -> int:
    """A seed of its own for each family, so that none depends on the others or on their order."""
    secret = seed if isinstance(seed, bytes) else str(seed).encode()
    if attempt > 1:
        key = f"{key}\n{attempt}"
    return int.from_bytes(hashlib.blake2b(key.encode(), key=hashlib.sha256(secret).digest()).digest(), "big")


def _protect_family(task: _Task) -> tuple[QuestionCubes, ...]:
    random = np.random.default_rng(task.seed)
    done: dict[str, QuestionCubes] = {}
    for place, true in enumerate(task.family):
        link = link_of(true, [one.question for one in task.family])
        kept = (task.earlier[0][place], task.earlier[1][place]) if task.earlier else None
        done[true.question.key] = _protect_question(true, link, done, task.plan, kept, random)
    return tuple(done.values())


def _protect_question(
    true: QuestionCubes,
    link: Link | None,
    done: dict[str, QuestionCubes],
    plan: Plan,
    kept: tuple[QuestionCubes, QuestionCubes] | None,
    random: np.random.Generator,
) -> QuestionCubes:
    head = done[link.head] if link else None
    work = _Work(true.question, true.cubes[MAIN], plan, _kept(true.cubes[MAIN], MAIN, kept), random)
    main = work.alone() if not link or not head else work.under(link, head.cubes[MAIN])
    for tries_left in reversed(range(TRIES)):
        cubes = {MAIN: main}
        wishes = np.zeros((work.shape[0], work.answers), dtype=np.int64)
        for name, cube in true.cubes.items():
            if name != MAIN:
                beside = _Work(true.question, cube, None, _kept(cube, name, kept), random)
                cubes[name] = beside.beside(main, link, head.cubes[name] if head else None)
                wishes += beside.wishes
        if not wishes.any() or not tries_left:
            break
        main = work.aim(np.sign(wishes), further=tries_left == 1)
    return QuestionCubes(true.question, {name: cubes[name] for name in true.cubes})


def _kept(cube: Cube, name: str, kept: tuple[QuestionCubes, QuestionCubes] | None) -> IntArray | None:
    """The earlier published counts where the group's true counts are the same as then, -1 elsewhere, (groups, answers)."""
    if kept is None or name not in kept[0].cubes:
        return None
    was, shown = kept[0].cubes[name], kept[1].cubes[name]
    if was.counts.shape[1] != cube.counts.shape[1]:
        return np.full_like(cube.counts, -1)
    match = was.crossing.places_of(cube.crossing)
    same = (match >= 0) & (was.counts[match] == cube.counts).all(axis=1)
    return np.where(same[:, None], shown.counts[match], -1)


class _Work:
    """One cube of one question on its way."""

    def __init__(
        self, question: Question, cube: Cube, plan: Plan | None, kept: IntArray | None, random: np.random.Generator
    ) -> None:
        self.cube, self.random = cube, random
        self.answers = cube.counts.shape[1]
        self.layout: Layout = lay_out(cube.crossing)
        self.shape = (*self.layout.place.shape, self.answers)
        self.truth = self.layout.spread(cube.counts)
        self.free: BoolArray = self.layout.real(self.answers)
        if cube.absent is not None:
            self.free &= ~self.layout.spread(cube.absent)
        self.start = floor_of(self.truth)
        if kept is not None:
            before = self.layout.spread(kept)
            locked = (before >= 0) & self.free
            self.start = np.where(locked, before, self.start)
            self.free &= ~locked
        counted = np.array([key != question.not_asked for key in question.answer_keys])
        self.quadratic, self.borough = weigh(self.layout, cube.counts, counted, plan)
        self.wishes: IntArray = np.zeros((len(self.truth), self.answers), dtype=np.int64)
        """(schools, answers): which totals of the main cube this linked one would have higher (1) or lower (-1)."""

    def alone(self) -> Cube:
        """A main cube with no head: every count goes to the floor or the ceiling."""
        state = self._state(self.start)
        groups = self.shape[1]
        singles = single_moves(groups, self.answers)
        self._swing(state)
        pairs = _both(column_moves(groups, self.answers), row_moves(groups, [list(range(self.answers))], self.answers))
        self._main = state, [singles, pairs]
        self._settle(state, [singles, pairs])
        return self._cube(state)

    def under(self, link: Link, head: Cube) -> Cube:
        """A main cube whose blocks of answers take the head's published totals in every group."""
        truth, start, free = (part.reshape(self.shape) for part in (self.truth, self.start, self.free))
        published = start.copy()
        above = self.layout.spread(head.counts).reshape(*self.shape[:2], -1)
        for mine, theirs in link.blocks:
            totals = above[:, :, theirs].sum(axis=2)
            published[:, :, mine] = fill_to(truth[:, :, mine], totals, 2, free[:, :, mine], start[:, :, mine])
        published[self.layout.place < 0] = 0
        state = self._state(published.reshape(self.truth.shape))
        moves = row_moves(self.shape[1], [mine for mine, _ in link.blocks], self.answers)
        self._main = state, [moves]
        self._settle(state, [moves])
        return self._cube(state)

    def aim(self, wishes: IntArray, *, further: bool) -> Cube:
        """The main cube again, some schools' totals of an answer about 5 higher or lower, (schools, answers) of 1 and -1: where
        no linked cube could meet the totals that are nearest to the truth and keep the guard. `further`: beyond 4, too."""
        state, kinds = self._main
        # Leaning on every count of a total shifts the total's own optimum, which weighs most, by 5.
        push = np.tile(-2 * BASE * SCHOOL_COUNTS * wishes, self.shape[1]).astype(np.float32)
        state.lean = push if state.lean is None else state.lean + push
        free, state.free = state.free, state.free & np.any(wishes, axis=1, keepdims=True)
        state.reach = 9 if further else REACH
        self._settle(state, kinds)
        state.free = free
        return self._cube(state)

    def beside(self, main: Cube, link: Link | None, head: Cube | None) -> Cube:
        """A linked cube: every school's total of every answer is the main cube's."""
        totals = _school_totals(main, self.layout)
        truth, start, free = (part.reshape(self.shape) for part in (self.truth, self.start, self.free))
        self.wishes += lacking(totals, free, start)
        for mine, _ in link.blocks if link else ():
            if len(mine) == 1:
                self.wishes[:, mine] = 0  # A copy of the head's: this question cannot move it.
        if link is None or head is None:
            published = fill_to(truth, totals, 1, free, start)
            moves = column_moves(self.shape[1], self.answers)
        else:
            above = self.layout.spread(head.counts).reshape(*self.shape[:2], -1)
            blocks = [(mine, above[:, :, theirs].sum(axis=2)) for mine, theirs in link.blocks]
            # Groups whose answers did not change keep their counts; all totals around a school without others are kept, too.
            keeps: BoolArray = ~np.any(free, axis=2)
            for mine, wanted in blocks:
                keeps &= start[:, :, mine].sum(axis=2) == wanted
            published = np.zeros_like(truth)
            for mine, wanted in blocks:
                published[:, :, mine] = fill_table(
                    truth[:, :, mine], wanted, totals[:, mine], np.where(keeps[:, :, None], start[:, :, mine], -1)
                )
            moves = square_moves(self.shape[1], [mine for mine, _ in link.blocks], self.answers)
        state = self._state(published.reshape(self.truth.shape))
        self._settle(state, [moves])
        self._widen(state, moves)
        if link is None:
            counts, sizes = state.published.reshape(-1, self.answers), state.sizes.reshape(-1)
            self.wishes += guard_wishes(counts, sizes).reshape(self.shape).sum(axis=1)
        return self._cube(state)

    def _widen(self, state: Schools, moves: Moves) -> None:
        """Where totals leave the guard no way within 4, go further: precision is the price, never the guard."""
        groups = state.sizes.shape
        for reach in (9, 14, 19):
            published = state.published.reshape(-1, self.answers)
            met = np.all(guard_met(published, state.sizes.reshape(-1)).reshape(groups), axis=1)
            if met.all():
                return
            state.reach = reach
            free, state.free = state.free, state.free & ~met[:, None]
            descend(state, moves, self.random, 20)
            state.free = free

    def _state(self, published: IntArray) -> Schools:
        sizes = self.truth.reshape(self.shape).sum(axis=2)
        lean = LEAN * self.random.standard_normal(self.truth.shape).astype(np.float32)
        return Schools(self.truth, published, self.free, sizes, self.quadratic, self.answers, self.borough, lean=lean)

    def _swing(self, state: Schools) -> None:
        """A random floor or ceiling to begin with; the search repairs what the guard forbids."""
        chance = self.random.random(state.truth.shape) * 5 < state.truth % 5
        state.published += np.where(self.free & chance, 5, 0)

    def _settle(self, state: Schools, kinds: list[Moves]) -> None:
        """Without heat: first each school for itself, then a few schools at a time with the borough's tables in view."""
        for moves in kinds:
            descend(state, moves, self.random, 40 * self.shape[1])
        schools = self.shape[0]
        if schools > 1:
            descend(state, kinds[0], self.random, 150, at_once=max(1, schools // 10))
            descend(state, kinds[-1], self.random, 60, at_once=max(1, schools // 10))

    def _cube(self, state: Schools) -> Cube:
        published = self.layout.gather(state.published, self.answers)
        truth = self.cube.counts
        allowed = is_tiny(truth.sum(axis=1))[:, None] & (truth == 0) & (published <= BASE)
        furthest = int(np.abs(published - truth)[~allowed].max(initial=0))
        return Cube(self.cube.crossing, published, _told(furthest), self.cube.absent)


def _school_totals(main: Cube, layout: Layout) -> IntArray:
    """The main cube's published totals, (schools, answers), in the linked layout's order of schools."""
    totals = np.zeros((len(layout.place), main.counts.shape[1]), dtype=np.int64)
    codes = np.unique(layout.crossing.codes[:, 0])
    np.add.at(totals, np.searchsorted(codes, main.crossing.codes[:, 0]), main.counts)
    return totals


def _both(one: Moves, other: Moves) -> Moves:
    return Moves(np.concatenate([one.cells, other.cells]), np.concatenate([one.signs, other.signs]))


def _told(furthest: int) -> int:
    """The distance that readers are told: 4, else the next of 9, 14, … with room to spare, for the exact largest distance would
    say what stands behind the count that is furthest off."""
    return REACH if furthest <= REACH else (furthest + 2 + BASE) // BASE * BASE - 1
