"""A release from its plan to its publication, and everything that must stop it."""

import ast
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.partnership.models import School
from surveys.collection.models import Pooled, Sealed
from surveys.disclosure import Problem
from surveys.errors import SurveyError, WrongState
from surveys.fieldwork.enums import WaveState
from surveys.release.enums import ReleaseState
from surveys.release.models import LedgerEntry, Release, ReleaseCell, ReleaseTruth
from surveys.release.services import change_plan, compute_release, computing, publish_release
from surveys.release.storage import digest_of
from surveys.results.selectors import release_of

from .waves import answers, closed_wave, computed, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return closed_wave()


@pytest.fixture
def _gate_finds_something(monkeypatch):
    """The true gate, with one problem more than it found."""
    real = computing.gate

    def found(*args, **kwargs):
        report = real(*args, **kwargs)
        problem = Problem("SAFE", "main", {"school": "1"}, "1", "insider", "Somebody could work it out.")
        return type(report).from_dict(report.to_dict() | {"passed": False, "problems": [problem.__dict__]})

    monkeypatch.setattr(computing, "gate", found)


class TestAWaveThatPasses:
    def test_it_is_ready_but_nobody_sees_it_before_it_is_published(self, wave):
        release = computed(wave)

        assert release.state == ReleaseState.READY, release.report["gate"]["problems"][:3]
        assert release_of(survey="test", wave="autumn") is None

        publish_release(release=release, by=None)

        assert release_of(survey="test", wave="autumn") == release
        wave.refresh_from_db()
        assert wave.state == WaveState.RELEASED

    def test_every_cell_is_a_multiple_of_five_and_near_the_truth_in_sum(self, wave):
        release = computed(wave)
        cells = release.cells.filter(item="SAFE", cube="main")

        assert cells.count()
        assert all(cell.value % 5 == 0 for cell in cells)
        assert sum(cell.value for cell in cells) == pytest.approx(Sealed.objects.count(), abs=25)

    def test_the_linked_table_has_the_totals_of_the_main_one(self, wave):
        release = computed(wave)
        totals = {
            cube: sum(cell.value for cell in release.cells.filter(item="SAFE", cube=cube)) for cube in ("main", "FSM")
        }

        assert totals["main"] == totals["FSM"]

    def test_what_the_gate_found_and_what_protection_costs_is_kept(self, wave):
        report = computed(wave).report

        assert report["gate"]["recoverable"] == 0
        assert report["gate"]["naive_recoverable"] > 0
        assert [row["lowest"] for row in report["errors"]][:3] == [10, 20, 30]

    def test_the_ledger_holds_what_was_published(self, wave):
        release = computed(wave)
        publish_release(release=release, by=None)
        entry = LedgerEntry.objects.get()

        assert entry.digest == digest_of(release)
        ReleaseCell.objects.filter(release=release)[:1].get().delete()
        assert entry.digest != digest_of(release)

    def test_true_counts_are_kept_encrypted(self, wave):
        release = computed(wave)

        assert b"SAFE" not in bytes(ReleaseTruth.objects.get(release_id=release.pk).sealed)

    def test_the_trail_tells_the_steps_and_no_count(self, wave):
        publish_release(release=computed(wave), by=None)
        steps = [
            entry.action for entry in Entry.objects.filter(action__startswith="surveys.release").order_by("sequence")
        ]

        assert steps == [
            "surveys.release_planned",
            "surveys.release_started",
            "surveys.release_ready",
            "surveys.release_published",
        ]

    def test_the_same_seed_gives_the_same_cells(self, wave):
        release = computed(wave)
        first = digest_of(release)
        Release.objects.filter(pk=release.pk).update(state=ReleaseState.FAILED)
        release.refresh_from_db()

        assert digest_of(compute_release(release=release)) == first


def test_what_the_last_small_classes_left_is_counted_too(wave):
    """The web closes a wave; the chore that merges small groups may come after the release was started."""
    schools = list(School.objects.order_by("pk")[:2])
    chance = random.Random(7)
    Pooled.objects.bulk_create(
        Pooled(wave_id=wave.pk, school_id=school.pk, year_group=8, answers=answers(chance))
        for school in schools for _ in range(6)
    )  # fmt: skip

    release = computed(wave)

    assert release.state == ReleaseState.READY, release.report["gate"]["problems"][:3]
    assert not Pooled.objects.exists()
    assert Sealed.objects.filter(school_id=None).count() == 12
    assert release.report["respondents"] == pytest.approx(332, abs=2.5)


class TestAFamilyThatDoesNotPass:
    """A rounding in some hundred leaves an insider too little room. The rest of the release is not thrown away for it."""

    def test_it_is_rounded_again_alone_and_the_release_is_ready(self, wave, monkeypatch):
        as_it_was = computed(wave)
        shown = cells_by_item(as_it_was)
        Release.objects.filter(pk=as_it_was.pk).update(state=ReleaseState.FAILED)
        as_it_was.refresh_from_db()
        asked = refuse_first(monkeypatch, times=1)

        release = compute_release(release=as_it_was)

        assert release.state == ReleaseState.READY, release.report["gate"]["problems"][:3]
        everything, family = asked
        assert set(everything) == set(shown)
        assert "SAFE" in family
        assert len(family) < len(everything)
        now = cells_by_item(release)
        assert now["SAFE"] != shown["SAFE"]
        assert [key for key in shown if key not in family and now[key] != shown[key]] == []
        assert release.report["gate"]["again"] == 1
        assert set(release.structure["reach"]) == set(shown)

    def test_after_some_tries_the_refusal_stands(self, wave, monkeypatch):
        asked = refuse_first(monkeypatch, times=99)

        release = computed(wave)

        assert release.state == ReleaseState.REFUSED
        assert len(asked) == computing.ATTEMPTS
        assert not release.cells.exists()


def cells_by_item(release):
    cells = {}
    for item, *cell in release.cells.order_by("item", "cube", "school_id", "year_group", "group", "answer").values_list(
        "item", "cube", "school_id", "year_group", "group", "answer", "value"
    ):
        cells.setdefault(item, []).append(tuple(cell))
    return cells


def refuse_first(monkeypatch, times):
    """The true gate, which finds something in SAFE so many times; what it was asked to attack."""
    real, asked = computing.gate, []

    def found(wave, *args, **kwargs):
        report = real(wave, *args, **kwargs)
        asked.append([one.question.key for one in wave.questions])
        if len(asked) > times:
            return report
        problem = Problem("SAFE", "main", {"school": "1"}, "1", "insider", "Somebody could work it out.")
        return type(report).from_dict(report.to_dict() | {"passed": False, "problems": [problem.__dict__]})

    monkeypatch.setattr(computing, "gate", found)
    return asked


class TestWhatStopsARelease:
    @pytest.mark.usefixtures("_gate_finds_something")
    def test_what_the_gate_refuses_leaves_no_cell_behind(self, wave):
        release = computed(wave)

        assert release.state == ReleaseState.REFUSED
        assert not release.cells.exists()
        assert not ReleaseTruth.objects.exists()
        with pytest.raises(WrongState):
            publish_release(release=release, by=None)

    def test_an_open_wave_is_not_released(self, wave):
        wave.state = WaveState.OPEN
        wave.save()

        with pytest.raises(WrongState, match="Close the wave first"):
            planned(wave)

    def test_a_wave_with_ten_answers_is_too_small(self):
        tiny = closed_wave(schools=1, pupils=5)
        release = planned(tiny)

        with pytest.raises(SurveyError, match="Fewer than 30"):
            compute_release(release=release)
        release.refresh_from_db()
        assert release.state == ReleaseState.FAILED
        assert "Fewer than 30" in release.report["error"]
        assert not release.cells.exists()

    def test_a_breakdown_that_was_not_asked_fails_with_its_name(self, wave):
        with pytest.raises(SurveyError, match="ETHNICITY"):
            compute_release(release=planned(wave, breakdowns=["ETHNICITY"]))

    def test_a_characteristic_cannot_be_crossed_and_a_breakdown(self, wave):
        with pytest.raises(SurveyError, match="once"):
            planned(wave, breakdowns=["SEX"])

    def test_two_managers_cannot_compute_at_once(self, wave):
        release = planned(wave)
        progress = {"step": "Rounding", "done": 1, "of": 2, "at": timezone.now().isoformat(), "run": "x"}
        Release.objects.filter(pk=release.pk).update(state=ReleaseState.RUNNING, progress=progress)

        with pytest.raises(WrongState, match="just now"):
            compute_release(release=release)

    def test_two_managers_who_publish_at_once_publish_once(self, wave):
        release = computed(wave)
        mine, yours = Release.objects.get(pk=release.pk), Release.objects.get(pk=release.pk)
        publish_release(release=mine, by=None)
        with pytest.raises(WrongState):
            publish_release(release=yours, by=None)
        assert LedgerEntry.objects.count() == 1

    def test_two_plans_of_a_wave_cannot_stand_side_by_side(self, wave):
        planned(wave)

        with pytest.raises(WrongState, match="on its way"):
            planned(wave)

    def test_a_worker_killed_half_way_leaves_nothing_to_see_and_can_be_followed(self, wave, monkeypatch):
        release = planned(wave)

        def killed(*args, **kwargs):
            raise KeyboardInterrupt

        with monkeypatch.context() as half_way:
            half_way.setattr(computing, "gate", killed)
            with pytest.raises(KeyboardInterrupt):
                compute_release(release=release)
        # As kill -9 leaves it: still running, with cells, silent for a while.
        release.refresh_from_db()
        long_ago = (timezone.now() - timedelta(minutes=6)).isoformat()
        progress = {"step": "Rounding", "done": 1, "of": 2, "at": long_ago, "run": "dead"}
        Release.objects.filter(pk=release.pk).update(state=ReleaseState.RUNNING, progress=progress)
        assert release_of(survey="test", wave="autumn") is None

        assert compute_release(release=release).state == ReleaseState.READY

    def test_a_run_that_was_followed_stops(self, wave, monkeypatch):
        release = planned(wave)

        def followed(*args, **kwargs):
            Release.objects.filter(pk=release.pk).update(progress={"run": "another"})
            return iter(())

        monkeypatch.setattr(computing, "protect_each", followed)
        with pytest.raises(WrongState, match="started this computation again"):
            compute_release(release=release)

    def test_a_run_that_slept_while_another_finished_writes_nothing_twice(self, wave, monkeypatch):
        release, real = planned(wave), computing.protect_each

        def slept(*args, **kwargs):
            families = list(real(*args, **kwargs))
            held = Release.objects.get(pk=release.pk)
            held.progress["at"] = (timezone.now() - timedelta(minutes=6)).isoformat()
            held.save()
            monkeypatch.setattr(computing, "protect_each", real)
            assert compute_release(release=held).state == ReleaseState.READY
            return iter(families)

        monkeypatch.setattr(computing, "protect_each", slept)
        with pytest.raises(WrongState, match="started this computation again"):
            compute_release(release=release)
        release.refresh_from_db()
        places = release.cells.values_list("item", "cube", "school_id", "year_group", "group", "answer")
        assert release.state == ReleaseState.READY
        assert len(set(places)) == len(places) > 0

    def test_a_count_that_is_stored_twice_stops_the_release(self, wave, monkeypatch):
        release, store = planned(wave), computing.store_cells

        def twice(**given):
            store(**given)
            return store(**given)

        monkeypatch.setattr(computing, "store_cells", twice)
        with pytest.raises(SurveyError, match="stored twice"):
            compute_release(release=release)
        release.refresh_from_db()
        assert (release.state, release.cells.count()) == (ReleaseState.FAILED, 0)

    @pytest.mark.usefixtures("_gate_finds_something")
    def test_a_changed_plan_throws_away_what_was_computed(self, wave):
        release = computed(wave)
        change_plan(release=release, crossed_by="", breakdowns=[], by=None)

        assert (release.state, release.cells.count(), release.seed) == (ReleaseState.PLANNED, 0, None)


def test_only_the_release_job_reads_sealed_rows_in_this_room():
    room = Path("surveys/release")
    readers = {
        path.name
        for path in room.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and any(name.name in {"Sealed", "Pooled", "Held"} for name in node.names)
    }

    assert readers == {"sealed.py"}
