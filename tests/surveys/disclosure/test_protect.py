"""Rules 2, 3, 4, 6 and 8 of the surveys reference, 4.3, for any wave."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.disclosure import MAIN, Cube, Wave, families, protect, protect_each
from surveys.disclosure.intervals import guard_met
from surveys.disclosure.tables import sum_over
from tests.surveys.disclosure.waves import CHOICE, CLUBS, HELPED, TALKED, cube_of, made_wave

FAMILY = (CHOICE, TALKED, HELPED, *CLUBS)
few = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
waves = st.builds(
    made_wave,
    seed=st.integers(0, 10**6),
    respondents=st.integers(1, 600),
    schools=st.integers(1, 4),
    questions=st.sampled_from([(CHOICE,), (TALKED, HELPED), FAMILY]),
)


def totals(cube: Cube) -> np.ndarray:
    return sum_over(cube.crossing, cube.crossing.columns[:1], cube.counts)


def pairs(wave: Wave, release: Wave) -> list[tuple[str, str, Cube, Cube]]:
    return [
        (true.question.key, name, cube, published.cubes[name])
        for true, published in zip(wave.questions, release.questions, strict=True)
        for name, cube in true.cubes.items()
    ]


@few
@given(wave=waves, seed=st.integers(0, 10**9))
def test_every_count_is_a_multiple_of_five_within_its_distance(wave: Wave, seed: int) -> None:
    for key, name, true, published in pairs(wave, protect(wave, seed=seed)):
        assert (published.counts % 5 == 0).all()
        assert (published.counts >= 0).all()
        tiny = (true.counts.sum(axis=1) < 10)[:, None] & (true.counts == 0) & (published.counts == 5)
        assert (np.abs(published.counts - true.counts)[~tiny] <= published.reach).all()
        if name == MAIN and key in {"SLEEP", "TALKED"}:
            assert published.reach == 4


@few
@given(wave=waves, seed=st.integers(0, 10**9))
def test_every_group_of_the_main_cube_leaves_an_insider_room_on_both_sides(wave: Wave, seed: int) -> None:
    for key, name, true, published in pairs(wave, protect(wave, seed=seed)):
        if name == MAIN and key in {"SLEEP", "TALKED"}:
            assert guard_met(published.counts, true.counts.sum(axis=1)).all()


@few
@given(wave=waves, seed=st.integers(0, 10**9))
def test_linked_cubes_show_the_totals_of_the_main_cube(wave: Wave, seed: int) -> None:
    for published in protect(wave, seed=seed).questions:
        assert (totals(published.cubes["fsm"]) == totals(published.cubes[MAIN])).all()


@few
@given(seed=st.integers(0, 10**6), respondents=st.integers(1, 600))
def test_routed_questions_and_options_show_the_totals_of_their_parent(seed: int, respondents: int) -> None:
    release = protect(made_wave(seed, respondents, questions=FAMILY), seed=seed)
    for name in (MAIN, "fsm"):
        yes = cube_of(release, "TALKED", name).counts[:, 0]
        for key in ("HELPED", "CLUBS_3", "CLUBS_4", "CLUBS_5"):
            assert (cube_of(release, key, name).counts[:, :-1].sum(axis=1) == yes).all()
        first = cube_of(release, "CLUBS_3", name).counts
        for key in ("CLUBS_4", "CLUBS_5"):
            assert (cube_of(release, key, name).counts[:, 2:] == first[:, 2:]).all()


def test_the_same_seed_gives_the_same_release_and_another_seed_another() -> None:
    wave = made_wave(3)
    first, again, other = (
        cube_of(protect(wave, seed=seed), "SLEEP").counts for seed in (b"secret", b"secret", b"other")
    )
    assert (first == again).all()
    assert (first != other).any()


def test_a_family_comes_out_the_same_alone_and_with_two_processes() -> None:
    wave = made_wave(4, questions=(CHOICE, TALKED))
    together = protect(wave, seed=9, workers=2)
    alone = protect(Wave(wave.plan, wave.questions[1:]), seed=9)
    assert (cube_of(together, "TALKED").counts == cube_of(alone, "TALKED").counts).all()
    assert (cube_of(together, "SLEEP").counts == cube_of(protect(wave, seed=9), "SLEEP").counts).all()


def test_a_job_gets_the_release_a_family_at_a_time_and_sees_how_far_it_is() -> None:
    wave = made_wave(4, questions=FAMILY)
    assert families(wave) == (("SLEEP",), ("TALKED", "HELPED", "CLUBS_3", "CLUBS_4", "CLUBS_5"))
    assert [len(family) for family in protect_each(wave, seed=1)] == [1, 5]
    seen: list[tuple[int, int]] = []
    protect(wave, seed=1, progress=lambda done, all_: seen.append((done, all_)))
    assert seen[-1] == (6, 6)


def test_groups_that_did_not_change_keep_their_published_counts() -> None:
    before, after = made_wave(5, leave_out=12), made_wave(5)
    first = protect(before, seed=1)
    second = protect(after, seed=2, earlier=(before, first))
    for name in (MAIN, "fsm"):
        same = (cube_of(before, "SLEEP", name).counts == cube_of(after, "SLEEP", name).counts).all(axis=1)
        if name == MAIN:
            assert same.any()
            assert not same.all()
        assert (cube_of(first, "SLEEP", name).counts[same] == cube_of(second, "SLEEP", name).counts[same]).all()


@pytest.mark.parametrize("answer", range(5))
def test_everybody_gave_the_same_answer(answer: int) -> None:
    wave = made_wave(6, respondents=300)
    cube = cube_of(wave, "SLEEP")
    sizes = cube.counts.sum(axis=1)
    cube.counts[:] = 0
    cube.counts[:, answer] = sizes
    linked = cube_of(wave, "SLEEP", "fsm")
    linked_sizes = linked.counts.sum(axis=1)
    linked.counts[:] = 0
    linked.counts[:, answer] = linked_sizes
    published = cube_of(protect(wave, seed=1), "SLEEP")
    assert guard_met(published.counts, sizes).all()


@pytest.mark.parametrize("seed", range(6))
def test_a_correction_keeps_every_group_that_did_not_change_in_every_table(seed: int) -> None:
    """Routed questions in linked cubes, too, in schools where other groups did change."""
    before, after = (
        made_wave(seed, respondents=900, questions=FAMILY, leave_out=12),
        made_wave(seed, respondents=900, questions=FAMILY),
    )
    first = protect(before, seed=1)
    second = protect(after, seed=2, earlier=(before, first))
    kept = 0
    for one in after.questions:
        for name, now in one.cubes.items():
            was = cube_of(before, one.question.key, name)
            match = was.crossing.places_of(now.crossing)
            same = (match >= 0) & (was.counts[match] == now.counts).all(axis=1)
            shown = cube_of(first, one.question.key, name).counts[match]
            assert (shown[same] == cube_of(second, one.question.key, name).counts[same]).all(), (one.question.key, name)
            kept += int(same.sum())
    assert kept > 100
