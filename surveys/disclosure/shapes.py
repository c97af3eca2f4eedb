"""What goes in and out of this room: plans, questions, crossings, cubes. Small dataclasses with numpy arrays, nothing else.

Words: a *group* is a set of respondents (a school's Year 8 boys), a *crossing* a list of groups, a *cube* counts of
respondents, (groups, answers), one for each question and crossing. The *main* cube crosses the area (school) with the inner
characteristics; a *linked* cube crosses the area with one breakdown and shares the main cube's published totals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

BASE = 5
"""Every published number is a multiple of this (surveys reference, 4.3; Ofqual rounds to the same base)."""
REACH = 4
"""Rule 2: a published inner count is within this distance of the truth."""
TINY = 10
"""Rule 2: in groups under this size a true 0 may become 5, so that a published 5 never proves that anybody is there."""
ROOM = 3
"""Rule 3: the totals that fit a group's published values leave this room on both sides of its true size."""
MAIN = "main"
"""The name of a question's main cube."""


class DisclosureError(Exception):
    """Something in the input that a person must mend; the message may be shown to them."""


@dataclass(frozen=True)
class Answer:
    """One category of a question, with the codes that stand for it in the sealed arrays (a band of numbers has many)."""

    key: str
    codes: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """One table of answers: a question, a row of a grid, or one option of a choose-all question.

    `position` is its place in the sealed arrays. `answers` are real categories and cover every code that occurs, "no
    answer", "prefer not to say", "another" and "did not get this question" among them.

    Routed: `parent` names the question that decides who gets this one, `route` the parent's answers (keys) that lead here,
    and `not_asked` the category of those who did not get it. One option of a choose-all: `together` is the same word for all
    options of the question (its code); they share their missing categories, named in `missing`.
    `only` limits the question to respondents with these values of a characteristic, such as {"year": ("8", "10")}; others
    do not stand in its tables at all.
    """

    key: str
    position: int
    answers: tuple[Answer, ...]
    parent: str | None = None
    route: tuple[str, ...] = ()
    not_asked: str | None = None
    together: str | None = None
    missing: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def answer_keys(self) -> tuple[str, ...]:
        """The categories' keys in their order, which is the order of every cube's columns."""
        return tuple(answer.key for answer in self.answers)


@dataclass(frozen=True, eq=False)
class Column:
    """One characteristic of all respondents. `codes` (respondents,) are places in `labels`; everybody has one, so "not
    given" is a label. `structural`: who has which value is public (a school's year groups), and a combination with a
    school that does not occur is no group at all; otherwise every label is a group in every school, empty or not."""

    labels: tuple[str, ...]
    codes: IntArray
    structural: bool = False


@dataclass(frozen=True)
class Plan:
    """What is published. `area`: the column of schools. `inner`: the characteristics crossed with it in the main cube.
    `breakdowns`: characteristics each crossed with the area alone, as linked cubes. `margins`: the declared tables of the main
    cube as sets of its columns (the empty set is the borough total); None declares all of them."""

    area: str
    inner: tuple[str, ...]
    breakdowns: tuple[str, ...] = ()
    margins: tuple[tuple[str, ...], ...] | None = None


@dataclass(frozen=True, eq=False)
class Crossing:
    """A list of groups. `codes` (groups, columns) are places in `labels[column]`, sorted; the first column is the area."""

    columns: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    codes: IntArray

    def __len__(self) -> int:
        return len(self.codes)

    def places_of(self, other: "Crossing") -> IntArray:
        """Where each group of another crossing stands in this one by its labels, (other's groups,); -1 where it does not."""
        found = {tuple(sorted(self.name_of(group).items())): group for group in range(len(self))}
        names = (tuple(sorted(other.name_of(group).items())) for group in range(len(other)))
        return np.array([found.get(name, -1) for name in names], dtype=np.int64)

    def name_of(self, group: int) -> dict[str, str]:
        """The group in words: {"school": "…", "year": "8"}."""
        return {column: self.labels[place][self.codes[group, place]] for place, column in enumerate(self.columns)}


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts of respondents, (groups, answers). Secret where they are true counts; multiples of 5 where published.
    `reach` (published only): no count is further than this from the truth. The attacker is told. `absent` (groups, answers):
    answers that cannot occur in a group, which stay 0 and are known to; None where there are none."""

    crossing: Crossing
    counts: IntArray
    reach: int = REACH
    absent: BoolArray | None = None


@dataclass(frozen=True, eq=False)
class QuestionCubes:
    """One question's cubes: `cubes[MAIN]` and one for each breakdown, under the breakdown's name."""

    question: Question
    cubes: dict[str, Cube]


@dataclass(frozen=True, eq=False)
class Wave:
    """All questions of a wave in one plan. What `tabulate` returns is secret; what `protect` returns may be published once
    the gate has passed it. Questions, crossings and answers stand in the same order in both."""

    plan: Plan
    questions: tuple[QuestionCubes, ...]

    def of(self, key: str) -> QuestionCubes:
        """The question with this key; KeyError if there is none."""
        for one in self.questions:
            if one.question.key == key:
                return one
        raise KeyError(key)
