"""The gate stops what would give a child away, and passes what does not."""

import json
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

from surveys.disclosure import MAIN, Cube, DisclosureError, GateReport, Plan, QuestionCubes, Wave, gate, protect
from surveys.disclosure.naive import recovered, small_counts
from surveys.disclosure.solver import WrongAttack
from tests.surveys.disclosure.waves import CHOICE, CLUBS, HELPED, TALKED, cube_of, made_wave, only_main, with_count

FAMILY = (CHOICE, TALKED, HELPED, *CLUBS)


def test_a_protected_release_passes_and_says_what_an_unprotected_one_would_have_given_back() -> None:
    wave = made_wave(1, questions=FAMILY)
    seen: list[tuple[int, int]] = []
    report = gate(wave, protect(wave, seed=1), progress=lambda done, all_: seen.append((done, all_)))
    assert report.passed
    assert report.recoverable == 0
    assert report.naive_recoverable > 0.5 * report.small_counts > 50
    assert report.summary.startswith(f"0 of {report.small_counts:,} small counts recoverable; an unprotected release")
    assert seen == [(1, 2), (2, 2)]


def test_the_report_survives_json() -> None:
    wave = made_wave(1)
    exposed = with_count(protect(wave, seed=1), "SLEEP", MAIN, *_small(wave)[0], 3)
    report = gate(wave, exposed)
    assert GateReport.from_dict(json.loads(json.dumps(report.to_dict()))) == report


def test_a_release_that_hides_counts_under_five_gives_back_most_of_them() -> None:
    cube = cube_of(made_wave(2, respondents=900), "SLEEP")
    assert recovered(cube, None) > 0.8 * small_counts(cube.counts)


def test_one_count_published_as_it_is_is_found() -> None:
    wave = made_wave(1)
    group, answer = next((g, a) for g, a in _small(wave) if cube_of(wave, "SLEEP").counts[g].sum() > 9)
    exposed = with_count(
        protect(wave, seed=1), "SLEEP", MAIN, group, answer, int(cube_of(wave, "SLEEP").counts[group, answer])
    )
    report = gate(wave, exposed)
    assert not report.passed
    name = cube_of(wave, "SLEEP").crossing.name_of(group)
    assert any(problem.group == name and problem.attacker == "insider" for problem in report.problems)


def test_a_margin_that_is_no_sum_of_the_cells_is_refused() -> None:
    wave = made_wave(1)
    release = protect(wave, seed=1)
    linked = cube_of(release, "SLEEP", "fsm")
    report = gate(wave, with_count(release, "SLEEP", "fsm", 0, 0, int(linked.counts[0, 0]) + 5))
    assert any(problem.attacker == "rule 8" for problem in report.problems)


def test_a_routed_base_published_exactly_is_found() -> None:
    wave = made_wave(1, questions=(TALKED, HELPED))
    release = protect(wave, seed=1)
    truth = cube_of(wave, "HELPED").counts
    group = int(np.flatnonzero((truth[:, -1] % 5 != 0) & (truth[:, -1] > 5))[0])
    report = gate(wave, with_count(release, "HELPED", MAIN, group, 5, int(truth[group, -1])))
    assert any("how many of this group were asked" in problem.why for problem in report.problems)


def test_a_group_that_all_answered_alike_is_given_away_where_the_guard_is_left_out() -> None:
    wave = only_main(made_wave(1))
    cube = cube_of(wave, "SLEEP")
    group = int(np.flatnonzero(cube.counts.sum(axis=1) > 20)[0])
    size = int(cube.counts[group].sum()) // 5 * 5 + 1
    cube.counts[group] = [size, 0, 0, 0, 0]
    release = protect(wave, seed=1)
    assert gate(wave, release).passed
    published = cube_of(release, "SLEEP").counts
    assert published[group, 0] == size - 1
    published[group] = [size + 4, 0, 0, 0, 0]
    report = gate(wave, release)
    assert any(
        "nobody, or hardly anybody, in this group answered otherwise" in problem.why for problem in report.problems
    )


def test_a_second_release_without_one_class_is_stopped() -> None:
    whole, without = made_wave(7, respondents=1200), made_wave(7, respondents=1200, leave_out=6)
    first = protect(whole, seed=1)
    report = gate(without, protect(without, seed=2), earlier=[(whole, first)])
    assert not report.passed
    assert any("did not change, but its published counts did" in problem.why for problem in report.problems)


def test_two_roundings_of_the_same_truth_are_stopped() -> None:
    wave = only_main(made_wave(7, respondents=1500))
    report = gate(wave, protect(wave, seed=2), earlier=[(wave, protect(wave, seed=1)), (wave, protect(wave, seed=3))])
    assert not report.passed


def test_the_same_release_again_tells_nothing_new() -> None:
    wave = made_wave(7)
    release = protect(wave, seed=1)
    assert gate(wave, release, earlier=[(wave, release)]).passed


def test_a_correction_that_keeps_what_did_not_change_may_pass() -> None:
    before, after = only_main(made_wave(8, respondents=600, leave_out=60)), only_main(made_wave(8, respondents=600))
    first = protect(before, seed=1)
    assert gate(after, protect(after, seed=1, earlier=(before, first)), earlier=[(before, first)]).passed


def test_a_difference_that_shows_what_one_added_pupil_said_is_found() -> None:
    before, after = only_main(made_wave(8, leave_out=3)), only_main(made_wave(8))
    first = protect(before, seed=1)
    second = protect(after, seed=1, earlier=(before, first))
    was, now = cube_of(before, "SLEEP").counts, cube_of(after, "SLEEP").counts
    group = int(np.flatnonzero((was != now).any(axis=1))[0])
    for wave, release in ((before, first), (after, second)):
        cube_of(release, "SLEEP").counts[group] = cube_of(wave, "SLEEP").counts[group]
    report = gate(after, second, earlier=[(before, first)])
    assert any("from the difference to an earlier release" in problem.why for problem in report.problems)


def test_a_release_of_another_wave_is_an_error_not_a_pass() -> None:
    wave = made_wave(1)
    with pytest.raises(DisclosureError, match="does not have the"):
        gate(wave, protect(made_wave(1, schools=2), seed=1))
    with pytest.raises(DisclosureError, match="questions"):
        gate(wave, protect(made_wave(1, questions=(TALKED,)), seed=1))


def test_a_count_too_far_from_the_truth_is_refused() -> None:
    wave = made_wave(1)
    release = protect(wave, seed=1)
    report = gate(wave, with_count(release, "SLEEP", MAIN, 0, 0, int(cube_of(release, "SLEEP").counts[0, 0]) + 20))
    assert any("further than 4 from the truth" in problem.why for problem in report.problems)


def test_an_attack_that_rules_out_the_truth_is_an_error() -> None:
    wave = made_wave(1)
    attack, ledger = import_module("surveys.disclosure.attack"), import_module("surveys.disclosure.ledger")
    family = ledger.open_family(wave.questions, protect(wave, seed=1).questions, wave.plan)
    family.layers[MAIN].sheets["SLEEP"].lower += 50
    with pytest.raises(WrongAttack):
        attack.attack(family, attack.Tally())


def test_a_gate_that_cannot_fail_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("surveys.disclosure.gate")
    wave = made_wave(1)
    release = protect(wave, seed=1)
    monkeypatch.setattr(module, "attack", lambda *_: [])
    with pytest.raises(module.GateBroken):
        gate(wave, release)


@pytest.mark.parametrize(
    "wave",
    [
        pytest.param(made_wave(1, respondents=10, schools=1), id="ten answers"),
        pytest.param(made_wave(1, respondents=1, schools=1), id="one answer"),
        pytest.param(made_wave(1, respondents=26, schools=1, questions=FAMILY), id="a school with one class"),
    ],
)
def test_tiny_waves_pass_or_name_what_is_wrong(wave: Wave) -> None:
    report = gate(wave, protect(wave, seed=1))
    assert report.passed or report.problems


def test_a_question_that_nobody_answered_and_one_that_all_answered_alike() -> None:
    wave = only_main(made_wave(1))
    for answer in (0, 3):
        one = wave.of("SLEEP")
        sizes = one.cubes[MAIN].counts.sum(axis=1)
        counts = np.zeros_like(one.cubes[MAIN].counts)
        counts[:, answer] = sizes
        alike = Wave(wave.plan, (QuestionCubes(one.question, {MAIN: replace(one.cubes[MAIN], counts=counts)}),))
        assert gate(alike, protect(alike, seed=2)).passed


def _small(wave: Wave) -> list[tuple[int, int]]:
    cube: Cube = cube_of(wave, "SLEEP")
    return [(int(g), int(a)) for g, a in np.argwhere((cube.counts > 0) & (cube.counts < 5))]


def test_a_school_where_all_answered_alike_is_protected_beside_its_breakdowns() -> None:
    """As in a school that left a question out: everybody there "was not asked". Its total in the main table must be one that the
    breakdown's groups can meet without telling that nobody in them answered otherwise."""
    for seed in range(8):
        wave = made_wave(seed, respondents=700, plan=Plan("school", (), ("fsm", "sex")))
        for cube in wave.of("SLEEP").cubes.values():
            there = cube.crossing.codes[:, 0] == 0
            sizes = cube.counts[there].sum(axis=1)
            cube.counts[there] = 0
            cube.counts[there, 3] = sizes
        report = gate(wave, protect(wave, seed=seed))
        assert report.passed, report.problems[:3]


def test_a_correction_of_routed_questions_in_linked_tables_passes() -> None:
    """A few pupils added in schools where others' answers did not change."""
    before, after = made_wave(3, 900, questions=FAMILY, leave_out=6), made_wave(3, 900, questions=FAMILY)
    first = protect(before, seed=1)
    report = gate(after, protect(after, seed=2, earlier=(before, first)), earlier=[(before, first)])
    assert report.passed, report.problems[:3]
