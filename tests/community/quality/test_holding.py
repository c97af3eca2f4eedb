"""Things drop at London midnight by themselves, on the days when clocks change too."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from community.quality.holding import holds_on


def test_the_last_day_counts():
    statement = {"expires_on": "2026-11-03"}
    assert holds_on(statement, date(2026, 11, 3))
    assert not holds_on(statement, date(2026, 11, 4))


@pytest.mark.parametrize("statement", [{}, {"expires_on": None}, {"expires_on": ""}])
def test_without_a_last_day_it_holds(statement):
    assert holds_on(statement, date(2126, 1, 1))


@pytest.mark.parametrize(
    ("moment", "last_day", "holds"),
    [
        # Clocks go forward on 29 March 2026 at 01:00 UTC; in summer London's midnight is 23:00 UTC.
        ("2026-03-28T23:59:59+00:00", "2026-03-28", True),
        ("2026-03-29T00:00:00+00:00", "2026-03-28", False),
        ("2026-03-29T22:59:59+00:00", "2026-03-29", True),
        ("2026-03-29T23:00:00+00:00", "2026-03-29", False),
        ("2026-07-01T22:59:59+00:00", "2026-07-01", True),
        ("2026-07-01T23:00:00+00:00", "2026-07-01", False),
        # They go back on 25 October at 01:00 UTC: that day ends at midnight UTC.
        ("2026-10-24T22:59:59+00:00", "2026-10-24", True),
        ("2026-10-24T23:00:00+00:00", "2026-10-24", False),
        ("2026-10-25T23:59:59+00:00", "2026-10-25", True),
        ("2026-10-26T00:00:00+00:00", "2026-10-25", False),
    ],
)
def test_midnight_is_londons(moment, last_day, holds):
    with time_machine.travel(moment, tick=False):
        assert holds_on({"expires_on": last_day}, timezone.localdate()) is holds
