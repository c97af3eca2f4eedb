"""Mistakes in a file are named by row and column before anything is taken in."""

import gzip

import pytest

from foundation.partnership.models import School
from surveys.fieldwork.models import Wave
from surveys.importing import table as tables
from surveys.importing.mapping import map_of
from surveys.importing.reading import Place
from surveys.importing.services import look_through

from .conftest import HEADINGS, ROW

pytestmark = pytest.mark.django_db


def problems(path, written_map):
    return look_through(path=path, column_map=map_of(written_map)).tally.problems


def test_a_look_counts_rows_by_wave_school_and_year_and_changes_nothing(table, written_map):
    lines = [ROW] * 12 + [ROW.replace("8", "10", 1)] * 3 + [ROW.replace(",8,", ",,", 1)] * 2
    lines += ["", ROW.replace(",8,", ",x,", 1), ROW.replace("w1,S1", "w2,Vale School")]
    found = look_through(path=table(*lines, headings=HEADINGS), column_map=map_of(written_map))
    assert found.tally.problems == []
    assert found.tally.groups == {
        Place("w1", "Hill School", 8): 12,
        Place("w1", "Hill School", 10): 3,
        Place("w1", "", 101): 2,
        Place("w2", "Vale School", 8): 1,
    }
    assert found.tally.left_out == 1
    assert (found.too_few("w1").groups, found.too_few("w1").rows, found.too_few("w1").lost) == (2, 5, 5)
    assert found.new_waves == ["Spring", "Autumn"]
    assert found.new_schools == ["Hill School", "Vale School"]
    assert not Wave.objects.exists()
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("w3,S1,8,F,1,8,2,1,0,1,2", "Row 3, column wave: “w3” is no wave that the map knows."),
        ("w1,S1,9,F,1,8,2,1,0,1,2", "Row 3, column year: “9” is no year group that the map knows."),
        (
            "w1,S1,8,female,1,8,2,1,0,1,2",
            "Row 3, column sex: “female” is not among the values that the map knows for SEX.",
        ),
        ("w1,S1,8,F,1,25,2,1,0,1,2", "Row 3, column hours: “25” is no answer to HOURS."),
        ("w1,S1,8,F,1,8.5,2,1,0,1,2", "Row 3, column hours: “8.5” is no whole number."),
        ("w1,S1,8,F,1,8,2,2,0,1,2", "Row 3, column art: “2” is not among the values"),
        ("w1,S1,8,F,1,8,2,1,0,1,3", "Row 3, column tea: “3” is not among the values"),
        ("w1,S1,8,F,1", "Row 3: There are 5 cells and 11 headings."),
        ("w1,=1+1,8,F,1,8,2,1,0,1,2", "Row 3, column school: “=1+1” is no school of this site."),
        ("w1,S1,8,=HYPERLINK(evil.example),1,8,2,1,0,1,2", "Row 3, column sex: “=HYPERLINK(evil.exam…” is not among"),
        ("w1,S1,8,\x1b[31m,1,8,2,1,0,1,2", "Row 3, column sex: “·[31m” is not among the values"),
    ],
)
def test_a_mistake_is_named_by_row_and_column(table, written_map, line, said):
    found = problems(table(ROW, line), written_map)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_the_same_mistake_is_said_once_with_its_number_of_rows(table, written_map):
    wrong = ROW.replace(",F,", ",girl,")
    assert problems(table(ROW, wrong, wrong, wrong), written_map) == [
        "Row 3, column sex: “girl” is not among the values that the map knows for SEX (3 rows)."
    ]


def test_very_many_mistakes_are_counted_and_not_kept(table, written_map):
    found = problems(table(*(ROW.replace(",F,", f",{number},") for number in range(100, 300))), written_map)
    assert len(found) == 51
    assert found[-1] == "And 150 more."


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (HEADINGS.replace(",sex", ""), "Row 1, column sex: This column is missing."),
        (f"{HEADINGS},sex", "Row 1, column sex: This heading stands there twice."),
    ],
)
def test_wrong_headings_are_named(table, written_map, headings, said):
    assert problems(table(ROW, headings=headings), written_map) == [said]


def test_columns_that_the_map_does_not_name_are_left_aside_and_told(table, written_map):
    found = look_through(path=table(f"{ROW},Ann", headings=f"{HEADINGS},name"), column_map=map_of(written_map))
    assert found.tally.problems == []
    assert found.tally.columns_aside == ["name"]


def test_an_unknown_school_is_a_mistake_where_none_may_be_made(table, written_map):
    del written_map["school"]["make"]
    School.objects.create(name="Hill School", phase="secondary")
    assert problems(table(ROW, ROW.replace("S1", "Vale School")), written_map) == [
        "Row 3, column school: “Vale School” is no school of this site."
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.csv", HEADINGS.encode(), "There is no row below the headings."),
        ("a.csv", f"{HEADINGS}\n{ROW}\n".encode("utf-16"), "The file cannot be read as text"),
        ("a.csv", f"{HEADINGS}\n{ROW}\n".encode() + b"w1,\xe9cole,8,,,,,,,,", "The file cannot be read as text"),
        ("a.csv", HEADINGS.encode() + b'\nw1,"S1', "The file is no CSV file: look at row 2."),
        ("a.csv.gz", b"no gzip at all", "cannot be read: it is no whole .gz file."),
        (
            "a.csv.gz",
            gzip.compress(f"{HEADINGS}\n{ROW}\n".encode(), mtime=0)[:-20],
            "is no whole .gz file. Copy it again.",
        ),
    ],
)
def test_what_is_no_table_is_said_to_be_none(tmp_path, written_map, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    found = problems(path, written_map)
    assert len(found) == 1
    assert said in found[0]


def test_a_file_that_is_not_there_and_a_line_without_end_are_said(tmp_path, written_map):
    assert "cannot be read: No such file" in problems(tmp_path / "none.csv", written_map)[0]
    path = tmp_path / "long.csv"
    path.write_text(HEADINGS + "\n" + "x" * (tables.LONGEST_LINE + 5))
    assert problems(path, written_map) == ["The file is no CSV file: look at row 2. Save the sheet as “CSV UTF-8”."]
