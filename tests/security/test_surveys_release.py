"""What nobody may learn from a release before, beside and after its figures: not the managers who make it either."""

import json

import pytest

from foundation.audit.models import Entry
from surveys.collection.services import delete_sealed
from surveys.disclosure import Problem
from surveys.errors import SurveyError, WrongState
from surveys.fieldwork.enums import WaveState
from surveys.release.enums import ReleaseState
from surveys.release.models import Release, ReleaseTruth
from surveys.release.services import change_plan, compute_release, computing, plan_release, publish_release
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


@pytest.fixture
def ready():
    release = planned(closed_wave())
    Release.objects.filter(pk=release.pk).update(seed=bytes(32))  # one that the gate is known to let through
    release = compute_release(release=release)
    assert release.state == ReleaseState.READY, release.report["gate"]["problems"]
    return release


def test_figures_that_were_read_are_not_rounded_a_second_time(ready):
    cells = set(ready.cells.values_list("item", "school", "year_group", "group", "answer", "value"))
    for plan in ({"crossed_by": "SEX", "breakdowns": ["FSM"]}, {"crossed_by": "", "breakdowns": []}):
        with pytest.raises(WrongState, match="not rounded again"):
            change_plan(release=ready, by=None, **plan)

    assert set(ready.cells.values_list("item", "school", "year_group", "group", "answer", "value")) == cells


def test_a_correction_is_crossed_as_the_release_before_was(ready):
    publish_release(release=ready, by=None)
    with pytest.raises(SurveyError, match="crossed with SEX"):
        planned(ready.wave, crossed_by="FSM", breakdowns=[], reason="Another look.")
    second = planned(ready.wave, reason="A column was read wrongly.")
    with pytest.raises(SurveyError, match="crossed with SEX"):
        change_plan(release=second, crossed_by="", breakdowns=[], by=None)


def test_nothing_that_could_undo_the_rounding_outlives_its_use(ready):
    publish_release(release=ready, by=None)
    assert Release.objects.get(pk=ready.pk).seed is None
    assert ReleaseTruth.objects.filter(release_id=ready.pk).exists()

    rows = delete_sealed(wave=ready.wave)

    assert not ReleaseTruth.objects.exists()
    assert ready.cells.exists()
    told = Entry.objects.get(action="surveys.sealed_rows_deleted").facts["rows"]
    assert told % 5 == 0
    assert abs(told - rows) <= 2


def test_a_release_that_comes_out_after_its_rows_were_deleted_does_not_bring_the_wave_back(ready):
    delete_sealed(wave=ready.wave)
    assert Release.objects.get(pk=ready.pk).seed is None
    publish_release(release=Release.objects.get(pk=ready.pk), by=None)
    ready.wave.refresh_from_db()
    assert ready.wave.state == WaveState.EMPTIED
