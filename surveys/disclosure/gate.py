"""The gate: attacks everything that was ever published for a wave, and says whether the release may go out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from typing import Any

import numpy as np

from .attack import Leak, Tally, attack
from .families import families, link_of
from .intervals import is_tiny
from .ledger import add_earlier, open_family
from .naive import recovered, small_counts
from .shapes import BASE, MAIN, REACH, Crossing, Cube, DisclosureError, IntArray, Plan, QuestionCubes, Wave
from .tables import sum_over

Progress = Callable[[int, int], None]
LISTED = 200
"""A report names so many problems; more would not be read."""
BREAKS = 0.8
"""The naive release of the gate's own example must give back more than this share, else the gate proves nothing."""


class GateBroken(DisclosureError):
    """The gate did not find what it was made to find in a release known to be unsafe."""


@dataclass(frozen=True)
class Problem:
    """One count that the release would give away, or one rule that it breaks. `group`: the group's labels by column, without
    the columns that the table sums over. `why`: a sentence for the survey manager."""

    question: str
    cube: str
    group: Mapping[str, str]
    answer: str
    attacker: str
    why: str


@dataclass(frozen=True)
class GateReport:
    """What the attack found; serialises to JSON with `to_dict`.

    small_counts: true counts of 1 to 4 in the inner groups of all cubes. recoverable: sensitive counts that some attacker pins
    down. naive_recoverable: small counts that come back exactly from a release that hides counts under 5. sensitive: all counts
    attacked, margins, unanimous groups and routed bases included; by_exchange, by_wandering, by_solver: how they were settled.
    again: how many families of questions were rounded again because their first rounding did not pass.
    """

    passed: bool
    small_counts: int
    recoverable: int
    naive_recoverable: int
    problems: tuple[Problem, ...] = ()
    truncated: bool = False
    sensitive: int = 0
    by_exchange: int = 0
    by_wandering: int = 0
    by_solver: int = 0
    again: int = 0

    def then(self, later: "GateReport", *, families: int) -> "GateReport":
        """This report of a whole wave, once so many families were rounded again and `later` attacked those."""
        return replace(
            self, passed=later.passed, recoverable=later.recoverable, problems=later.problems, truncated=later.truncated,
            again=max(self.again, families),
        )  # fmt: skip

    @property
    def summary(self) -> str:
        """One sentence for the release's page."""
        return (
            f"{self.recoverable:,} of {self.small_counts:,} small counts recoverable; an unprotected release would have given "
            f"back {self.naive_recoverable:,}."
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain dicts and lists, for JSON."""
        return {**asdict(self), "problems": [asdict(one) for one in self.problems], "summary": self.summary}

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> "GateReport":
        """The inverse of `to_dict`."""
        fields = {key: value for key, value in found.items() if key != "summary"}
        return cls(**{**fields, "problems": tuple(Problem(**one) for one in found["problems"])})


def gate(
    wave: Wave,
    release: Wave,
    *,
    earlier: Sequence[tuple[Wave, Wave]] = (),
    workers: int = 1,
    progress: Progress | None = None,
    self_test: bool = True,
) -> GateReport:
    """Attack `release` together with every (true, published) pair of `earlier`, all that was ever published for the wave.

    Raises GateBroken if the gate cannot find the leaks of releases known to be unsafe, WrongAttack if the attack rules out the
    truth, DisclosureError if `release` has other questions, groups or answers than `wave`.
    """
    _same_shape(wave, release)
    if self_test:
        break_unsafe_releases(wave, release)
    tasks = [
        _Task(
            wave.plan,
            _those(wave, keys),
            _those(release, keys),
            [(_shared(t, keys), _shared(p, keys)) for t, p in earlier],
        )
        for keys in families(wave)
    ]
    results = []
    for result in _each(tasks, workers):
        results.append(result)
        if progress:
            progress(len(results), len(tasks))
    problems = [problem for result in results for problem in result.problems]
    return GateReport(
        passed=not problems,
        small_counts=sum(result.tally.small for result in results),
        recoverable=sum(result.leaks for result in results),
        naive_recoverable=sum(result.naive for result in results),
        problems=tuple(problems[:LISTED]),
        truncated=len(problems) > LISTED or any(result.truncated for result in results),
        sensitive=sum(result.tally.sensitive for result in results),
        by_exchange=sum(result.tally.by_exchange for result in results),
        by_wandering=sum(result.tally.by_wandering for result in results),
        by_solver=sum(result.tally.by_solver for result in results),
    )


def unsafe(wave: Wave, report: GateReport) -> Wave:
    """The questions of `wave` that belong to a family in which `report` found a problem."""
    found = {problem.question for problem in report.problems}
    return Wave(wave.plan, tuple(wave.of(key) for keys in families(wave) if found & set(keys) for key in keys))


@dataclass(frozen=True, eq=False)
class _Task:
    plan: Plan
    true: tuple[QuestionCubes, ...]
    published: tuple[QuestionCubes, ...]
    earlier: list[tuple[tuple[QuestionCubes, ...], tuple[QuestionCubes, ...]]]


@dataclass(frozen=True, eq=False)
class _Result:
    problems: list[Problem]
    leaks: int
    tally: Tally
    naive: int
    truncated: bool


def _each(tasks: list[_Task], workers: int) -> Iterator[_Result]:
    if workers <= 1 or len(tasks) == 1:
        yield from map(_attack_family, tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_attack_family, tasks)


def _attack_family(task: _Task, most: int = 50) -> _Result:
    tally = Tally()
    naive = sum(
        recovered(cube, task.plan if name == MAIN else None) for one in task.true for name, cube in one.cubes.items()
    )
    broken = list(_broken_rules(task))
    if any(problem.attacker == BEYOND for problem in broken):
        small = sum(small_counts(cube.counts) for one in task.true for cube in one.cubes.values())
        return _Result(broken, 0, Tally(small=small), naive, truncated=False)
    family = open_family(task.true, task.published, task.plan)
    for true, published in task.earlier:
        add_earlier(family, true, published)
    leaks = attack(family, tally, most)
    names = {one.question.key: one for one in task.true}
    return _Result(
        [*broken, *(_word(leak, names[leak.key]) for leak in leaks)], len(leaks), tally, naive, len(leaks) >= most
    )


BEYOND = "rule 2, distance"


def _broken_rules(task: _Task) -> Iterator[Problem]:
    """The rules that need no attack: multiples of 5, within reach, every sum the same wherever it is shown."""
    questions = [one.question for one in task.true]
    shown = {one.question.key: one for one in task.published}
    for true in task.true:
        published = shown[true.question.key]
        for name, cube in true.cubes.items():
            yield from _broken_counts(true, name, cube, published.cubes[name])
            for was, before in task.earlier:
                yield from _rounded_again(true, published, name, was, before)
        link = link_of(true, questions)
        for name, cube in published.cubes.items():
            if name != MAIN:
                area = cube.crossing.columns[:1]
                totals = sum_over(cube.crossing, area, cube.counts)
                wanted = sum_over(published.cubes[MAIN].crossing, area, published.cubes[MAIN].counts)
                if (totals != wanted).any():
                    yield _rule(true, name, "rule 8", "A school's totals differ from those of the main table.")
            if link and any(
                (cube.counts[:, mine].sum(axis=1) != shown[link.head].cubes[name].counts[:, theirs].sum(axis=1)).any()
                for mine, theirs in link.blocks
            ):
                yield _rule(true, name, "rule 8", f"Its totals differ from those of {link.head}, which it follows.")


def _broken_counts(true: QuestionCubes, name: str, cube: Cube, published: Cube) -> Iterator[Problem]:
    keys = true.question.answer_keys
    tiny = is_tiny(cube.counts.sum(axis=1))[:, None] & (cube.counts == 0) & (published.counts == BASE)
    far = (np.abs(published.counts - cube.counts) > published.reach) & ~tiny
    for group, answer in np.argwhere((published.counts % BASE != 0) | (published.counts < 0)):
        label = cube.crossing.name_of(group)
        yield Problem(
            true.question.key, name, label, keys[answer], "rule 2, multiples", "This number is not a multiple of 5."
        )
        break
    for group, answer in np.argwhere(far):
        label = cube.crossing.name_of(group)
        why = f"This number is further than {published.reach} from the truth."
        yield Problem(true.question.key, name, label, keys[answer], BEYOND, why)
        return


def _rounded_again(
    true: QuestionCubes, shown: QuestionCubes, name: str, was: Sequence[QuestionCubes], before: Sequence[QuestionCubes]
) -> Iterator[Problem]:
    """Rule 6: what was published is never computed again. Roundings of one truth can be averaged, though each is safe."""
    for earlier, published in zip(was, before, strict=True):
        same_table = (
            earlier.question.key == true.question.key and earlier.question.answer_keys == true.question.answer_keys
        )
        if not same_table or name not in earlier.cubes:
            continue
        cube, old = true.cubes[name], earlier.cubes[name]
        match = old.crossing.places_of(cube.crossing)
        unchanged = (match >= 0) & (old.counts[match] == cube.counts).all(axis=1)
        differs = (published.cubes[name].counts[match] != shown.cubes[name].counts).any(axis=1)
        for group in np.flatnonzero(unchanged & differs)[:1]:
            why = "The answers of this group did not change, but its published counts did."
            yield Problem(true.question.key, name, cube.crossing.name_of(int(group)), "", "rule 6", why)


def _rule(true: QuestionCubes, name: str, rule: str, why: str) -> Problem:
    return Problem(true.question.key, name, {}, "", rule, why)


_KINDS = {
    "small": "this small count",
    "unanimous": "that nobody, or hardly anybody, in this group answered otherwise",
    "base": "how many of this group were asked",
}


def _word(leak: Leak, true: QuestionCubes) -> Problem:
    crossing: Crossing = true.cubes[leak.layer].crossing
    group = {column: label for column, label in crossing.name_of(leak.group).items() if column in leak.columns}
    who = {
        "outsider": "Anybody",
        "insider": "Somebody who knows the size of each group",
        "participant": "Somebody who took part",
    }
    where = " from the difference to an earlier release" if leak.when >= 0 else ""
    left = f"{leak.lowest}" if leak.lowest == leak.highest else f"{leak.lowest} or {leak.highest}"
    why = f"{who[leak.attacker]} could work out{where} {_KINDS[leak.kind]}: only {left} is possible."
    return Problem(leak.key, leak.layer, group, true.question.answer_keys[leak.answer], leak.attacker, why)


def _those(wave: Wave, keys: Sequence[str]) -> tuple[QuestionCubes, ...]:
    return tuple(wave.of(key) for key in keys)


def _shared(wave: Wave, keys: Sequence[str]) -> tuple[QuestionCubes, ...]:
    return tuple(one for one in wave.questions if one.question.key in keys)


def _same_shape(wave: Wave, release: Wave) -> None:
    if [one.question.key for one in wave.questions] != [one.question.key for one in release.questions]:
        raise DisclosureError("The release does not have the questions of the wave.")
    for true, published in zip(wave.questions, release.questions, strict=True):
        for name, cube in true.cubes.items():
            if name not in published.cubes or published.cubes[name].counts.shape != cube.counts.shape:
                raise DisclosureError(
                    f"The release of {true.question.key} does not have the groups and answers of the wave."
                )


def break_unsafe_releases(wave: Wave, release: Wave) -> None:
    """A gate that cannot fail proves nothing: it must break a naive release and find one count that was not rounded, in an
    example of its own and in a copy of this release. Raises GateBroken."""
    example, published = _example()
    cube = example.questions[0].cubes[MAIN]
    if recovered(cube, None) <= BREAKS * small_counts(cube.counts):
        raise GateBroken("The gate did not break the unprotected release of its own example.")
    for true, shown in ((example, published), (wave, release)):
        mutant = _with_one_count_exact(true, shown)
        if mutant is None:
            continue
        question, exposed = mutant
        result = _attack_family(_Task(true.plan, (question,), (exposed,), []), most=5)
        if any(problem.attacker == BEYOND for problem in result.problems):
            continue  # The gate refuses the release for that, without an attack.
        if not any(problem.attacker in {"outsider", "insider", "participant"} for problem in result.problems):
            raise GateBroken("The gate did not find a small count that was published without rounding.")


def _example() -> tuple[Wave, Wave]:
    """Six schools, three years, two sexes, four answers, made by arithmetic alone: half of all counts are under 5."""
    from .protect import protect
    from .shapes import Answer, Question

    codes = np.stack(np.unravel_index(np.arange(36), (6, 3, 2)), axis=1)
    labels = (tuple("ABCDEF"), ("7", "8", "9"), ("f", "m"))
    counts: IntArray = np.array([[31 + 7 * g % 5, 11 * g % 6, 1 + 5 * g % 4, 3 * g % 7 % 5] for g in range(36)])
    question = Question("example", 0, tuple(Answer(key, (place,)) for place, key in enumerate("abcd")))
    cubes = {MAIN: Cube(Crossing(("school", "year", "sex"), labels, codes), counts)}
    wave = Wave(Plan("school", ("year", "sex")), (QuestionCubes(question, cubes),))
    return wave, protect(wave, seed=5)


def _with_one_count_exact(wave: Wave, release: Wave) -> tuple[QuestionCubes, QuestionCubes] | None:
    """A copy of one question, alone and without linked cubes, with one count of 1 to 4 published as it is."""
    for true, shown in zip(wave.questions, release.questions, strict=True):
        counts = true.cubes[MAIN].counts
        places = np.argwhere((counts > 0) & (counts < 5) & (counts.sum(axis=1, keepdims=True) > 4))
        if not len(places):
            continue
        exposed = shown.cubes[MAIN].counts.copy()
        exposed[tuple(places[0])] = counts[tuple(places[0])]
        alone = replace(true.question, parent=None, route=(), together=None)
        cube = Cube(true.cubes[MAIN].crossing, exposed, max(REACH, shown.cubes[MAIN].reach))
        return QuestionCubes(alone, {MAIN: true.cubes[MAIN]}), QuestionCubes(alone, {MAIN: cube})
    return None
