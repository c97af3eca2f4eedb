"""Answers on paper: mistakes are shown cell by cell, and what is right goes through the same shuffle."""

import time

import pytest
from django.core.management import CommandError, call_command

from surveys.collection.encoding import Encoder, positions_of
from surveys.collection.models import Held, Sealed
from surveys.collection.paper import columns_for, read_table
from surveys.fieldwork.models import ClassSession, WaveSchool

from .conftest import document, question

ASKED = document(
    question("MOOD"), question("CLUBS", "choose-all"), question("MEALS", "grid"), question("HOURS", "number")
)
ASKED["sections"][0]["questions"][1]["options"][2]["kind"] = "none"
HEADINGS = "MOOD,CLUBS,MEALS:lunch,MEALS:tea,HOURS"


def read(*lines, headings=HEADINGS):
    content = "\n".join([headings, *lines]).encode()
    rows, problems = read_table(content, document=ASKED, positions=positions_of(ASKED), year_group=8)
    return [row.answers for row in rows], [str(problem) for problem in problems]


def test_a_right_file_becomes_the_same_small_integers():
    assert columns_for(ASKED, 8) == HEADINGS.split(",")
    rows, problems = read("2,1 2,3,P,7", ",,,,", "p,3,,,", ",,,,")
    assert problems == []
    assert rows == [[2, 1, 1, 0, 3, -2, 7], [-2, 0, 0, 1, -1, -1, -1]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("4,,,,", "Row 2, column MOOD: “4” is no answer to this question. Type one of 1, 2, 3 or P."),
        ("1 2,,,,", "Row 2, column MOOD: “1 2” is no answer"),
        (",1 3,,,", "Row 2, column CLUBS: “1 3” is no answer to this question. Type one or more of 1, 2, 3"),
        (",,9,,", "Row 2, column MEALS:lunch: “9” is no answer"),
        (",,,,1000", "Row 2, column HOURS: “1000” is no answer to this question. Type a number from 0 to 999 or P."),
        ("=1+1,,,,", "Row 2, column MOOD: “=1+1” is no answer"),
        ("=HYPERLINK(\"http://x\"),,,,", "Row 2, column MOOD: “=HYPERLINK(\"http://x…” is no answer"),
        ("-2,,,,", "Row 2, column MOOD: “-2” is no answer"),
        ("1,2", "Row 2: There are 2 cells and 5 headings."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_row_and_column(line, said):
    if line.startswith("=HYPER"):
        line = '"=HYPERLINK(""http://x"")",,,,'
    _rows, problems = read(line)
    assert len(problems) == 1
    assert problems[0].startswith(said)


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("MOOD,CLUBS,MEALS:lunch,MEALS:tea", "Row 1: These columns are missing: HOURS."),
        (f"{HEADINGS},NAME", "Row 1, column NAME: This question is not asked of this year group."),
        (f"{HEADINGS},MOOD", "Row 1, column MOOD: This heading stands there twice."),
    ],
)
def test_wrong_headings_are_named(headings, said):
    _rows, problems = read("1,,,,", headings=headings)
    assert problems[0].startswith(said)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"x" * 2_000_001, HEADINGS.encode()])
def test_what_is_no_table_is_said_to_be_none(content):
    rows, problems = read_table(content, document=ASKED, positions=positions_of(ASKED), year_group=8)
    assert rows == []
    assert problems


def test_reading_a_large_table_costs_little_more_than_taking_its_pupils_in():
    """500 papers of 60 questions: each text of a column is looked into once, not the whole questionnaire for each cell."""
    asked = document(*(question(f"Q{number}") for number in range(60)))
    encoder = Encoder(asked, positions_of(asked), 8)
    headings = columns_for(asked, 8)
    table = "\n".join(
        [",".join(headings), *[",".join(str((row + at) % 3 + 1) for at in range(60)) for row in range(500)]]
    )
    began = time.process_time()
    rows, problems = read_table(table.encode(), document=asked, positions=positions_of(asked), year_group=8)
    read = time.process_time()
    taken_in = [encoder.encode({f"Q{at}": (row + at) % 3 + 1 for at in range(60)}) for row in range(500)]
    encoded = time.process_time()
    assert problems == []
    assert [row.answers for row in rows] == taken_in
    assert read - began < 15 * (encoded - read)  # it was 70 times as much; now it is 2 or 3


@pytest.fixture
def wave(db, make_wave, make_school):
    wave = make_wave(ASKED)
    WaveSchool.objects.create(wave=wave, school=make_school(), year_groups=[8])
    return wave


def run(wave, path, *options, year="8"):
    call_command("import_paper", f"{wave.survey.key}/{wave.slug}", "Hill School", year, str(path), *options)


def test_a_dry_run_takes_nothing_in_and_saving_seals_it(wave, tmp_path, capsys):
    path = tmp_path / "keyed.csv"
    run(wave, path, "--template")
    assert path.read_text("utf-8-sig").strip() == HEADINGS
    with path.open("a") as sheet:
        sheet.write("".join(f"{number % 3 + 1},1,1,2,{number}\n" for number in range(12)))
    run(wave, path)
    assert "12 pupils, nothing wrong" in capsys.readouterr().out
    assert (Sealed.objects.count(), ClassSession.objects.count()) == (0, 0)
    run(wave, path, "--save")
    assert (Sealed.objects.count(), Held.objects.count()) == (12, 0)
    assert sorted(row.answers[-1] for row in Sealed.objects.all()) == list(range(12))


def test_a_file_with_a_mistake_takes_nothing_in(wave, tmp_path):
    path = tmp_path / "keyed.csv"
    path.write_text(f"{HEADINGS}\n1,,,,\n9,,,,\n")
    with pytest.raises(CommandError, match="Row 3, column MOOD"):
        run(wave, path, "--save")
    assert ClassSession.objects.count() == 0


@pytest.mark.parametrize(("year", "said"), [("9", "asks Year 9 nothing"), ("10", "does not take part")])
def test_a_year_that_is_not_asked_is_refused(wave, tmp_path, year, said):
    path = tmp_path / "keyed.csv"
    path.write_text(f"{HEADINGS}\n1,,,,\n")
    with pytest.raises(CommandError, match=said):
        run(wave, path, "--save", year=year)
