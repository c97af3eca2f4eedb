"""What nobody may learn from a release before, beside and after its figures: not the managers who make it either."""

import json

import pytest

from surveys.disclosure import Problem
from surveys.release.enums import ReleaseState
from surveys.release.services import compute_release, computing, plan_release
from tests.surveys.release.waves import closed_wave

pytestmark = pytest.mark.django_db


def planned(wave, **more):
    return plan_release(wave=wave, **({"crossed_by": "SEX", "breakdowns": ["FSM"], "by": None} | more))


@pytest.fixture
def refused(monkeypatch):
    """A release that the gate refuses because it pinned one small count of one school down."""
    real = computing.gate
    why = "Somebody who knows the size of each group could work out this small count: only 2 or 3 is possible."
    problem = Problem("SAFE", "main", {"school": "4711", "year": "8", "SEX": "1"}, "answer-9", "insider", why)

    def found(*args, **kwargs):
        plain = real(*args, **kwargs).to_dict() | {"passed": False, "problems": [problem.__dict__]}
        return type(real(*args, **kwargs)).from_dict(plain)

    with monkeypatch.context() as patched:
        patched.setattr(computing, "gate", found)
        return compute_release(release=planned(closed_wave()))


def test_a_refused_release_says_which_table_and_never_which_count_it_found(refused):
    assert refused.state == ReleaseState.REFUSED
    assert refused.report["gate"]["problems"] == [
        {
            "question": "SAFE", "cube": "main", "group": {"by": "school, year, SEX"}, "answer": "", "attacker": "insider",
            "why": "Somebody who knows the size of each group could work out this small count.",
        }
    ]  # fmt: skip
    for secret in ("4711", "answer-9", "2 or 3"):
        assert secret not in json.dumps(refused.report)
