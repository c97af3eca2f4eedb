"""HiGHS: the smallest and largest value of a sum of counts, given everything that an attacker knows about one school."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import highspy
import numpy as np

from .ledger import Change, Family, Layer
from .shapes import FloatArray, IntArray

NOW = -1
"""The wave as it is now; 0, 1, … are its earlier releases."""
DUAL = 1
PRIMAL = 4
"""HiGHS's primal simplex: a table that was possible stays possible when only the question changes."""
STEPS = 5_000
"""A warm start that takes more steps than this goes round in circles (a school needs some hundred): it begins anew."""
KEPT = 60
"""So many solutions of a school are kept to show further counts wide."""


@dataclass(frozen=True)
class Own:
    """One respondent's own answer, which he knows: his group and answer in one question and layer."""

    layer: str
    key: str
    group: int
    answer: int


@dataclass(eq=False)
class _Rows:
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    side: list[float] = field(default_factory=list)

    def equal(self, plus: IntArray, minus: IntArray, side: float = 0.0) -> None:
        """sum(plus) - sum(minus) == side; a cell in both cancels."""
        row: dict[int, float] = {}
        for cells, sign in ((plus, 1.0), (minus, -1.0)):
            for cell in cells.ravel().tolist():
                row[cell] = row.get(cell, 0.0) + sign
        row = {cell: factor for cell, factor in row.items() if factor}
        self.index += row.keys()
        self.value += row.values()
        self.start.append(len(self.index))
        self.side.append(side)


class School:
    """The linear programme of one school: counts of all questions of a family in all layers, now and in earlier releases.

    Knows the insider's rows: sizes of groups, equal totals in all layers, blocks of linked questions.
    """

    def __init__(self, family: Family, school: int) -> None:
        self.family, self.school = family, school
        self.cells: dict[tuple[int, str, str], IntArray] = {}
        self.lower: list[int] = []
        self.upper: list[int] = []
        self.truth: list[int] = []
        self._variables()
        rows = _Rows()
        releases = {when for when, _, _ in self.cells}
        for when in sorted(releases):
            self._rows(rows, when)
        self.highs = self._model(rows)
        self.points = [np.array(self.truth, dtype=float)]
        """Tables that fit everything an insider knows; the truth is one of them, every solution another."""

    def bounds(self, plus: IntArray, minus: IntArray | None = None, enough: int = 10**9) -> tuple[int, int]:
        """Smallest and largest whole value of sum(plus) - sum(minus), cells as in `cells`. Where `enough` values lie between the
        smallest and the truth, the truth stands for the largest."""
        cost = np.zeros(len(self.lower))
        np.add.at(cost, plus.ravel(), 1.0)
        if minus is not None:
            np.add.at(cost, minus.ravel(), -1.0)
        low = int(np.ceil(self._solve(cost, highspy.ObjSense.kMinimize) - 1e-6))
        known = int(np.floor(float(cost @ self.points[0]) + 1e-6))
        if known - low + 1 >= enough:
            return low, known
        return low, int(np.floor(self._solve(cost, highspy.ObjSense.kMaximize) + 1e-6))

    def seen(self, plus: IntArray, minus: IntArray, own: Own | None = None) -> tuple[int, int]:
        """Smallest and largest whole value of sum(plus) - sum(minus) between the tables found so far, of those that a respondent
        who knows his own answer would hold for possible. What lies between two possible tables is possible."""
        points = np.array(self.points)
        if own is not None:
            points = points[points[:, self.cells[NOW, own.layer, own.key][own.group, own.answer]] >= 1 - 1e-6]
        values = points[:, plus].sum(axis=1) - points[:, minus].sum(axis=1)
        return int(np.ceil(values.min() - 1e-6)), int(np.floor(values.max() + 1e-6))

    def _variables(self) -> None:
        for layer in self.family.layers.values():
            real = np.flatnonzero(layer.layout.place[self.school] >= 0)
            for key, sheet in layer.sheets.items():
                self._add((NOW, layer.name, key), real, sheet.truth, sheet.lower, sheet.upper)
                for when, change in enumerate(sheet.changes):
                    self._add((when, layer.name, key), real, change.truth, change.lower, change.upper, change)

    def _add(
        self,
        name: tuple[int, str, str],
        real: IntArray,
        truth: IntArray,
        lower: IntArray,
        upper: IntArray,
        change: Change | None = None,
    ) -> None:
        """New variables; where a group did not change, an earlier release has the same ones as now."""
        groups, answers = truth.shape[1:]
        cells = np.full((groups, answers), -1, dtype=np.int64)
        for group in real:
            if change is not None and not change.changed[self.school, group]:
                cells[group] = self.cells[NOW, name[1], name[2]][group]
                continue
            cells[group] = len(self.lower) + np.arange(answers)
            self.lower += lower[self.school, group].tolist()
            self.upper += upper[self.school, group].tolist()
            self.truth += truth[self.school, group].tolist()
        self.cells[name] = cells

    @contextmanager
    def knowing(self, own: Own | None) -> Iterator[None]:
        """While inside, the attacker knows that one respondent gave this answer."""
        if own is None:
            yield
            return
        cell = int(self.cells[NOW, own.layer, own.key][own.group, own.answer])
        self.highs.changeColBounds(cell, float(max(self.lower[cell], 1)), float(self.upper[cell]))
        yield
        self.highs.changeColBounds(cell, float(self.lower[cell]), float(self.upper[cell]))

    def _rows(self, rows: _Rows, when: int) -> None:
        for name, layer in self.family.layers.items():
            for key in self.family.keys:
                if (when, name, key) not in self.cells:
                    continue
                cells = self.cells[when, name, key]
                for group in np.flatnonzero(cells[:, 0] >= 0):
                    size = sum(self.truth[cell] for cell in cells[group])
                    rows.equal(cells[group], cells[group][:0], float(size))
                    self._follow(rows, when, layer, key, int(group))
                self._share(rows, when, name, key, cells)

    def _follow(self, rows: _Rows, when: int, layer: Layer, key: str, group: int) -> None:
        link = self.family.links.get(key)
        if link is None or (when, layer.name, link.head) not in self.cells:
            return
        own, head = self.cells[when, layer.name, key], self.cells[when, layer.name, link.head]
        for mine, theirs in link.blocks:
            rows.equal(own[group, mine], head[group, theirs])

    def _share(self, rows: _Rows, when: int, name: str, key: str, cells: IntArray) -> None:
        """The school's total of each answer is the same in every layer, in truth and in print."""
        if name == "main" or (when, "main", key) not in self.cells or not self._complete(when, name, key):
            return
        main = self.cells[when, "main", key]
        for answer in range(cells.shape[1]):
            rows.equal(main[main[:, answer] >= 0, answer], cells[cells[:, answer] >= 0, answer])

    def _complete(self, when: int, name: str, key: str) -> bool:
        if when == NOW:
            return True
        return all(self.family.layers[one].sheets[key].changes[when].complete for one in ("main", name))

    def _model(self, rows: _Rows) -> highspy.Highs:
        self._order(rows)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(rows.side)
        model.col_cost_ = np.zeros(len(self.lower))
        model.col_lower_, model.col_upper_ = np.array(self.lower, dtype=float), np.array(self.upper, dtype=float)
        top = np.array(rows.side)
        for place, sign in self.ordered:
            top[place] = highspy.kHighsInf if sign > 0 else top[place]
        bottom = np.array(rows.side)
        for place, sign in self.ordered:
            bottom[place] = -highspy.kHighsInf if sign < 0 else bottom[place]
        model.row_lower_, model.row_upper_ = bottom, top
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(rows.start, dtype=np.int32)
        model.a_matrix_.index_ = np.array(rows.index, dtype=np.int32)
        model.a_matrix_.value_ = np.array(rows.value, dtype=float)
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("presolve", "off")
        highs.setOptionValue("simplex_strategy", PRIMAL)
        highs.setOptionValue("simplex_iteration_limit", STEPS)
        highs.passModel(model)
        return highs

    def _order(self, rows: _Rows) -> None:
        """Where respondents were only added (or only taken away), an insider knows that no count went the other way."""
        self.ordered: list[tuple[int, int]] = []
        for (when, name, key), cells in self.cells.items():
            if when == NOW:
                continue
            change = self.family.layers[name].sheets[key].changes[when]
            for group in np.flatnonzero(change.changed[self.school] & (cells[:, 0] >= 0)):
                now = self.cells[NOW, name, key][group]
                difference = np.array([self.truth[a] - self.truth[b] for a, b in zip(now, cells[group], strict=True)])
                sign = 1 if (difference >= 0).all() else -1 if (difference <= 0).all() else 0
                for a, b in zip(now, cells[group], strict=True) if sign else ():
                    self.ordered.append((len(rows.side), sign))
                    rows.equal(np.array([a]), np.array([b]))

    def _solve(self, cost: FloatArray, sense: highspy.ObjSense) -> float:
        everything = np.arange(len(cost), dtype=np.int32)
        self.highs.changeColsCost(len(cost), everything, cost)
        self.highs.changeObjectiveSense(sense)
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            # A warm start can lose its way in rounding; from nothing, and with all its means, the solver finds back.
            self.highs.clearSolver()
            self.highs.setOptionValue("presolve", "on")
            self.highs.setOptionValue("simplex_strategy", DUAL)
            self.highs.setOptionValue("simplex_iteration_limit", 100 * STEPS)
            self.highs.run()
            self.highs.setOptionValue("simplex_iteration_limit", STEPS)
            self.highs.setOptionValue("presolve", "off")
            self.highs.setOptionValue("simplex_strategy", PRIMAL)
        status = self.highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise WrongAttack(f"The attacker's programme has no solution ({status.name}), though the truth is one.")
        if len(self.points) < KEPT:
            self.points.append(np.array(self.highs.getSolution().col_value))
        return float(self.highs.getInfo().objective_function_value)


class WrongAttack(Exception):
    """The attack ruled out the truth: a fault of the attack, never to be taken for a pass."""


def truth_inside(family: Family) -> None:
    """Raise WrongAttack where the bounds leave the truth out."""
    for layer in family.layers.values():
        for key, sheet in layer.sheets.items():
            releases: list[Mapping[str, IntArray]] = [vars(sheet), *(vars(change) for change in sheet.changes)]
            for one in releases:
                if ((one["truth"] < one["lower"]) | (one["truth"] > one["upper"])).any():
                    raise WrongAttack(f"What was published for {key} ({layer.name}) does not fit the truth.")
