"""A gap or change is told only where it is more than chance and rounding could make."""

import math

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from surveys.results.differences import (
    _p_values,
    gaps_in,
    real_differences,
    rounding_error,
)
from surveys.results.figures import Cell, Figure, Row
from tests.surveys.results.releases import ERRORS, item

# On a busy machine the first draw alone may take a second.
unhurried = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
fives = st.integers(0, 400).map(lambda number: number * 5)


def figure(*groups: tuple[int, int]) -> Figure:
    """Groups of (Never, Always)."""
    one = item("SAFE")
    rows = tuple(
        Row(number, f"Group {number}", sum(counts), "percent", tuple(Cell(answer, pupils, 0) for answer, pupils in enumerate(counts, 1)))
        for number, counts in enumerate(groups, 1)
    )  # fmt: skip
    return Figure(one, "SEX", None, tuple(one["answers"]), rows)


@unhurried
@given(st.lists(st.tuples(fives, fives).filter(lambda pair: sum(pair) > 0), min_size=1, max_size=4))
def test_equal_groups_never_differ(counts):
    figures = [figure(pair, pair, pair) for pair in counts]

    assert real_differences(gaps_in(figures), ERRORS) == []


@unhurried
@given(st.lists(st.tuples(fives, fives, fives, fives), min_size=1, max_size=4))
def test_what_is_told_is_larger_than_rounding(counts):
    figures = [figure((a, b + 5), (c, d + 5)) for a, b, c, d in counts]

    for found in real_differences(gaps_in(figures), ERRORS):
        allowed = math.hypot(rounding_error(found.first.base, ERRORS), rounding_error(found.second.base, ERRORS))
        share = [100 * row.cell(found.answer["answer"]).pupils / row.base for row in (found.first, found.second)]
        assert abs(share[0] - share[1]) > allowed
        assert found.p <= 0.05


@unhurried
@given(st.tuples(fives, fives, fives, fives).filter(lambda four: min(four) >= 5))
def test_without_rounding_the_test_is_pearsons(four):
    a, b, c, d = four
    comparisons = gaps_in([figure((a, b), (c, d))])

    expected = chi2_contingency([[a, b], [c, d]], correction=False)

    # An expected count of just five falls on either side by the last bit of a float.
    assume(abs(expected.expected_freq.min() - 5) > 1e-9)
    for value in _p_values(comparisons, [{"lowest": 0, "p95": 0.0}]):
        if (expected.expected_freq < 5).any():
            assert math.isnan(value)
        else:
            assert value == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-12)


def test_a_large_gap_between_large_groups_is_told():
    found = real_differences(gaps_in([figure((150, 150), (60, 240))]), ERRORS)

    assert [(one.points, one.first.group, one.second.group) for one in found] == [(30, 1, 2)]


def test_a_gap_that_rounding_could_make_is_not_told():
    """Twelve points between groups of 20, whose percentages may be ten points off each."""
    assert real_differences(gaps_in([figure((40, 40), (30, 50))]), [{"lowest": 10, "p95": 10.0}]) == []


def test_rounding_makes_a_difference_less_sure():
    comparisons = gaps_in([figure((60, 40), (40, 60))])

    assert (_p_values(comparisons, ERRORS) > _p_values(comparisons, [{"lowest": 0, "p95": 0.0}])).all()


def test_small_groups_are_not_tested():
    assert real_differences(gaps_in([figure((5, 0), (0, 5))]), [{"lowest": 0, "p95": 0.0}]) == []
