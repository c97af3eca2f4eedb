"""Disclosure control: from sealed answers to figures that give no child away. Pure Python and numpy, with HiGHS to attack.

The method is additive rounding to base 5 with a guard (docs/features/disclosure-control.md). The site's release job uses
these four, in this order; `shapes` says what goes in and out.

    wave = tabulate(answers, columns, plan, questions)          # true counts, secret
    release = protect(wave, seed=secret)                        # the same shapes in multiples of 5
    report = gate(wave, release)                                # attacks it; report.passed decides
    rows = error_table(wave, release)                           # what protection costs, by group size

`tabulate(answers, columns, plan, questions) -> Wave`
    answers (respondents, positions) int array; columns {name: Column(labels, codes (respondents,), structural)}.
`protect(wave, *, seed, workers=1, earlier=None, progress=None) -> Wave`
    seed: bytes or int, secret. `earlier`: (true, published) of the wave's release that this one corrects. `progress(done, all)`.
    `protect_each(wave, *, seed, workers=1, earlier=None, attempt=1)` yields the same a family at a time (a question with its routed
    questions and the options of a choose-all), for a job that stores as it goes; a family comes out the same alone.
    `families(wave)` lists them: tuples of question keys.
`gate(wave, release, *, earlier=(), workers=1, progress=None) -> GateReport`
    earlier: sequence of (true, published) waves, all that was ever published for this wave before. GateReport has `passed`,
    `recoverable`, `small_counts`, `naive_recoverable`, `problems` (tuple of Problem: question, cube, group, answer, why),
    `summary` (one sentence), `to_dict()` and `from_dict()` for JSON. `unsafe(wave, report)`: the families it has problems with,
    to be rounded again with `attempt=2` and more; `report.then(later, families=n)` is the report of the whole after that.
`error_table(wave, release) -> tuple[ErrorRow, ...]`
    ErrorRow(lowest, highest, percentages, mean, p95): points of percentage, by number of respondents in the group.

All raise DisclosureError with words that a person can act on. GateBroken (one of them) and WrongAttack (none of them) mean that
the gate itself is at fault: nothing may be released. Sums of a published cube over any groups are its margins; there
is no other published number.
"""

from .accuracy import ErrorRow, error_table
from .families import families
from .gate import GateBroken, GateReport, Problem, gate, unsafe
from .protect import protect, protect_each
from .shapes import (
    BASE,
    MAIN,
    Answer,
    Column,
    Crossing,
    Cube,
    DisclosureError,
    Plan,
    Question,
    QuestionCubes,
    Wave,
)
from .solver import WrongAttack
from .tabulate import crossing_of, tabulate

__all__ = [
    "BASE",
    "MAIN",
    "Answer",
    "Column",
    "Crossing",
    "Cube",
    "DisclosureError",
    "ErrorRow",
    "GateBroken",
    "GateReport",
    "Plan",
    "Problem",
    "Question",
    "QuestionCubes",
    "Wave",
    "WrongAttack",
    "crossing_of",
    "error_table",
    "families",
    "gate",
    "protect",
    "protect_each",
    "tabulate",
    "unsafe",
]
