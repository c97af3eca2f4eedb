"""From sealed rows to true counts."""

import random

import numpy as np
import pytest

from surveys.codes import Missing
from surveys.disclosure import MAIN
from surveys.errors import SurveyError
from surveys.release.counting import count, read_sealed
from surveys.release.items import items_of

from .test_items import POSITIONS
from .waves import answers, document

ITEMS = items_of([document()], POSITIONS)


def rows(number=60, school=1, year=8, seed=1):
    chance = random.Random(seed)
    return [(school, year, answers(chance)) for _ in range(number)]


def counted(given, **plan):
    sealed = read_sealed(iter(given), positions=len(POSITIONS))
    return count(sealed, ITEMS, crossed_by="SEX", breakdowns=["FSM"], **plan)


def test_every_respondent_stands_once_in_every_cube():
    wave, items = counted([*rows(), *rows(40, school=2, year=10, seed=2)])

    assert [item["key"] for item in items] == [item["key"] for item in ITEMS if item["key"] not in {"SEX", "FSM"}]
    for question in wave.questions:
        assert question.cubes[MAIN].counts.sum() == 100
        assert question.cubes["FSM"].counts.sum() == 100


def test_counts_are_those_of_the_rows():
    given = rows()
    wave, _ = counted(given)
    girls_who_never = sum(1 for _, _, row in given if row[0] == 1 and row[2] == 1)
    cube = wave.of("SAFE").cubes[MAIN]
    girls = [place for place in range(len(cube.crossing)) if cube.crossing.name_of(place)["SEX"] == "1"]

    assert cube.counts[girls, 0].sum() == girls_who_never


def test_a_row_sealed_before_a_question_was_added_did_not_get_it():
    short = [(school, year, row[:8]) for school, year, row in rows(20)]
    wave, _ = counted([*rows(40, seed=3), *short])
    asked = wave.of("ASK.mum")
    place = asked.question.answer_keys.index("not-asked")

    assert asked.cubes[MAIN].counts[:, place].sum() == 20


def test_a_kind_of_missing_answer_is_a_group_of_its_own():
    given = [*rows(), (1, 8, [int(Missing.PREFER_NOT_TO_SAY), *answers(random.Random(9))[1:]])]
    wave, _ = counted(given)

    labels = wave.of("SAFE").cubes[MAIN].crossing.labels[2]
    assert "-2" in labels


def test_routing_that_some_rows_do_not_fit_ties_no_figures():
    given = rows()
    broken = list(given[0][2])
    broken[2], broken[3] = 3, 1
    wave, _ = counted([*given[1:], (1, 8, broken)])

    assert wave.of("TOLD").question.parent is None


def test_routing_that_all_rows_fit_ties_the_totals():
    wave, _ = counted(rows())

    assert wave.of("TOLD").question.parent == "SAFE"


def test_rows_merged_to_their_phase_stand_in_the_tables():
    wave, _ = counted([*rows(), *[(None, 101, row) for _, _, row in rows(12, seed=4)]])

    assert wave.of("SAFE").cubes[MAIN].counts.sum() == 72


def test_a_characteristic_that_was_not_asked_is_refused_by_name():
    sealed = read_sealed(iter(rows()), positions=len(POSITIONS))

    with pytest.raises(SurveyError, match="ETHNICITY"):
        count(sealed, ITEMS, crossed_by="SEX", breakdowns=["ETHNICITY"])


def test_a_wave_without_rows_has_nothing_to_release():
    with pytest.raises(SurveyError, match="nothing to release"):
        read_sealed(iter([]), positions=3)


def test_a_question_that_nobody_got_has_no_figures():
    without = [
        (school, year, [*row[:3], int(Missing.NOT_ASKED), *row[4:]]) for school, year, row in rows() if row[2] != 1
    ]
    wave, items = counted(without)

    assert "TOLD" not in {item["key"] for item in items}
    assert np.all(wave.of("SAFE").cubes[MAIN].counts[:, 0] == 0)
