"""No cell of a file of ours can become a formula."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from foundation.exports.csv import safe_cell, write_csv

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        '=HYPERLINK("http://evil","x")',
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "＝1",
        "'=1",
        '"=1',
    ]
)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@given(TEXTS)
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert "\x00" not in cell


@given(TEXTS)
def test_nothing_but_an_apostrophe_is_added_and_nothing_lost(text: str) -> None:
    assert safe_cell(text).removeprefix("'") == text.replace("\x00", "").removeprefix("'") or safe_cell(text) == text


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=5))
def test_a_file_reads_back_as_it_was_written(rows: list[list[str]]) -> None:
    assert read(write_csv(["a", "b", "c"], rows)) == [
        ["a", "b", "c"],
        *[[safe_cell(cell) for cell in row] for row in rows],
    ]


def test_numbers_stay_numbers() -> None:
    assert [safe_cell(value) for value in (-5, 2.5, None, True)] == ["-5", "2.5", "", "True"]


def test_wagtails_own_exports_are_safe_too() -> None:
    view = SpreadsheetExportMixin()
    assert view.preprocess_field_value("name", "=1+1", view.FORMAT_CSV) == "'=1+1"
    assert view.preprocess_field_value("name", "=1+1", view.FORMAT_XLSX) == "=1+1"
