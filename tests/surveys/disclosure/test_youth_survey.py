"""Real answers: districts stand in for schools. Runs where the data folder is; nothing of it is in the project."""

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from surveys.disclosure import Answer, Column, Plan, Question, Wave, error_table, gate, protect, tabulate

FOLDER = Path(os.environ.get("CSCP_REFERENCE_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")
FILE = FOLDER / "yrbs_districts_2015_2017.csv.gz"
CODES = {"False": 0, "True": 1, "": -1, "0": 0, "1": 1, "3": 3, "5": 5, "6": 6}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="needs the reference data folder")


@pytest.fixture(scope="module")
def wave() -> Wave:
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2017"]
    columns = {}
    for name in ("district", "grade", "sex", "race", "orientation"):
        values = [row[name] or "not given" for row in rows]
        labels = tuple(sorted(set(values)))
        columns[name] = Column(labels, np.array([labels.index(value) for value in values]), structural=name == "grade")
    items = ("is_hopeless", "suicide_attempts")
    answers = np.array([[CODES[row[item]] for item in items] for row in rows])
    questions = [
        Question(item, place, tuple(Answer(str(code), (int(code),)) for code in np.unique(answers[:, place])))
        for place, item in enumerate(items)
    ]
    return tabulate(answers, columns, Plan("district", ("grade", "sex"), ("race", "orientation")), questions)


def test_real_answers_pass_the_gate_and_keep_their_precision(wave: Wave) -> None:
    release = protect(wave, seed=1)
    report = gate(wave, release)
    assert report.passed
    assert report.naive_recoverable > 0.8 * report.small_counts > 100
    by_size = {row.lowest: row for row in error_table(wave, release)}
    middle = [by_size[100], by_size[200]]
    mean = sum(row.mean * row.percentages for row in middle) / sum(row.percentages for row in middle)
    assert mean < 1.0
    assert by_size[500].mean <= 0.3
    assert by_size[1000].mean < 0.2


@pytest.mark.parametrize("seed", range(3))
def test_a_district_that_left_a_question_out_does_not_stop_a_breakdown(seed: int) -> None:
    """2015 by ethnic group: in some districts nobody was asked, so that every group there gave one answer."""
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2015"]
    columns = {}
    for name in ("district", "grade", "sex", "race"):
        values = [row[name] or "not given" for row in rows]
        labels = tuple(sorted(set(values)))
        columns[name] = Column(labels, np.array([labels.index(value) for value in values]), structural=name == "grade")
    answers = np.array([[CODES[row["suicide_planned"]]] for row in rows])
    district = columns["district"].codes
    for one in np.unique(district):
        if (answers[district == one] == -1).all():
            answers[district == one] = -3
    assert (answers == -3).any()
    question = Question("planned", 0, tuple(Answer(str(code), (int(code),)) for code in np.unique(answers)))
    wave = tabulate(answers, columns, Plan("district", ("grade", "sex"), ("race",)), [question])
    report = gate(wave, protect(wave, seed=seed))
    assert report.passed, report.problems[:3]
