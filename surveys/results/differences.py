"""Which gaps between groups, and which changes since the last wave, are more than chance and rounding.

Two proportions are compared with Pearson's chi-squared test, the variance of rounding added to that of chance; the p-values
of one page are corrected together for the number of comparisons (Benjamini and Hochberg 1995). Both come from scipy, which
is loaded where it is first needed: it would be a third of the time that the site takes to start. A difference also has to be
larger than rounding alone could make it: the release's own table of errors gives, for groups of that size, the error that
95 % of percentages stay below; the two groups' errors are added as independent ones are. Only released cells go in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np

from .figures import Figure, Row

LEVEL = 0.05
"""The share of false alarms that a list of findings may hold, after the correction."""
FEWEST_EXPECTED = 5
"""Under this the chi-squared distribution is no good likeness (Cochran 1954)."""


@dataclass(frozen=True)
class Difference:
    """One answer in two groups: percentages, their difference in points, and the corrected p-value."""

    figure: Figure
    item: dict[str, Any]
    answer: dict[str, Any]
    first: Row
    second: Row
    points: int
    p: float


@dataclass(frozen=True)
class Comparison:
    """What is compared: the same answer of the same question in two rows. `figure` is the one that the first stands in."""

    figure: Figure
    item: dict[str, Any]
    answer: dict[str, Any]
    first: Row
    second: Row


def gaps_in(figures: Iterable[Figure]) -> list[Comparison]:
    """Every pair of groups of every figure, for every answer that both show as a percentage."""
    return [
        Comparison(figure, figure.item, answer, one, other)
        for figure in figures
        for answer in _meaningful(figure)
        for place, one in enumerate(figure.rows)
        for other in figure.rows[place + 1 :]
        if one.shown == other.shown == "percent" and _is_group(one) and _is_group(other)
    ]


def changes_between(now: dict[str, Figure], before: dict[str, Figure]) -> list[Comparison]:
    """The same question then and now, all pupils together; `first` is now. An answer that covered other numbers then (a
    band whose end was moved) is another answer."""
    return [
        Comparison(figure, figure.item, answer, figure.rows[0], before[key].rows[0])
        for key, figure in now.items()
        if key in before and figure.rows[0].shown == before[key].rows[0].shown == "percent"
        if figure.item["kind"] == before[key].item["kind"]
        for answer in _meaningful(figure)
        if any(_is_same_answer(earlier, answer) for earlier in before[key].answers)
    ]


def real_differences(comparisons: Sequence[Comparison], errors: Sequence[dict[str, Any]]) -> list[Difference]:
    """The comparisons that exceed sampling and rounding error, largest first; one for each item and pair of groups.

    errors: `Release.report["errors"]`.
    """
    if not comparisons:
        return []
    from scipy.stats import false_discovery_control

    values = _p_values(comparisons, errors)
    tested = [(one, p) for one, p in zip(comparisons, values, strict=True) if not np.isnan(p)]
    if not tested:
        return []
    corrected = false_discovery_control(np.array([p for _, p in tested]))
    found: dict[tuple[Any, ...], Difference] = {}
    for (one, _), p in zip(tested, corrected, strict=True):
        points = _percent(one.first, one.answer["answer"]) - _percent(one.second, one.answer["answer"])
        allowed = hypot(rounding_error(one.first.base, errors), rounding_error(one.second.base, errors))
        if p > LEVEL or abs(points) <= allowed:
            continue
        key = (one.item["key"], one.figure.by, one.first.group, one.second.group)
        if key not in found or abs(points) > abs(found[key].points):
            found[key] = Difference(one.figure, one.item, one.answer, one.first, one.second, round(points), float(p))
    return sorted(found.values(), key=lambda difference: -abs(difference.points))


def rounding_error(base: int, errors: Sequence[dict[str, Any]]) -> float:
    """Points that 95 % of percentages of groups of this size stay below. Unknown sizes count as the next smaller known."""
    known = [row for row in errors if row["p95"] is not None]
    fitting = [row for row in known if row["lowest"] <= base]
    if fitting:
        return float(fitting[-1]["p95"])
    return float(known[0]["p95"]) if known else 100.0


def _p_values(comparisons: Sequence[Comparison], errors: Sequence[dict[str, Any]]) -> "np.ndarray[Any, Any]":
    """Chi-squared of each two by two table, without Yates' correction, one degree of freedom; NaN where an expected count
    is under 5, so that the test means nothing.

    For two proportions Pearson's statistic is the squared difference over its variance. Rounding adds a variance of its own
    (a 95 % error is 1.96 standard deviations), or chance findings would be many in small groups. All at once: a page
    compares some thousand pairs, and `scipy.stats.chi2_contingency` takes a third of a millisecond for each.
    """
    from scipy.stats import chi2

    picked = np.array(
        [[_pupils(row, one.answer["answer"]) for row in (one.first, one.second)] for one in comparisons], float
    )
    bases = np.array([[one.first.base, one.second.base] for one in comparisons], float)
    known = {base: rounding_error(base, errors) / 100 / 1.96 for base in {int(base) for base in bases.flat}}
    rounding = np.array([[known[int(base)] for base in pair] for pair in bases])
    pooled = picked.sum(axis=1) / bases.sum(axis=1)
    expected = np.minimum(pooled, 1 - pooled)[:, np.newaxis] * bases
    means_something = (
        (expected >= FEWEST_EXPECTED).all(axis=1) & (picked >= 0).all(axis=1) & (picked <= bases).all(axis=1)
    )
    variance = pooled * (1 - pooled) * (1 / bases).sum(axis=1) + (rounding**2).sum(axis=1)
    distance = np.diff(picked / bases, axis=1)[:, 0]
    statistic = distance**2 / np.where(variance > 0, variance, 1.0)
    return np.where(means_something, chi2.sf(statistic, df=1), np.nan)


def _meaningful(figure: Figure) -> list[dict[str, Any]]:
    """Answers that somebody chose: a gap in "no answer" is no finding; "not picked" only mirrors "picked"."""
    return [answer for answer in figure.answers if answer["kind"] != "missing" and answer["key"] != "not-picked"]


def _is_same_answer(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["key"] == other["key"] and one.get("codes") == other.get("codes"))


def _is_group(row: Row) -> bool:
    return row.group is None or row.group >= 0


def _pupils(row: Row, answer: int) -> int:
    cell = row.cell(answer)
    return cell.pupils if cell else 0


def _percent(row: Row, answer: int) -> float:
    return 100 * _pupils(row, answer) / row.base
