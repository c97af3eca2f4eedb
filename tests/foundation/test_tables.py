"""Tables on a phone: each cell stands under its column's name."""

import pytest
from django.template.loader import render_to_string

HEADER = ["Ask this", "A good answer", "A warning sign"]


def table(**values) -> str:
    return render_to_string("components/table.html", values)


def test_a_table_with_row_headings_names_the_column_in_each_cell():
    page = table(header=HEADER, rows=[["Who is in charge?", "A name", "They have to think"]], row_headers=True)
    label = '<span class="cs-table__label" aria-hidden="true">{}</span>{}</td>'
    assert "cs-table--stacks" in page
    assert 'role="rowheader" class="govuk-table__header">Who is in charge?</th>' in page
    assert label.format("A good answer", "A name") in page
    assert label.format("A warning sign", "They have to think") in page


@pytest.mark.parametrize(
    ("header", "row_headers"), [(HEADER, False), (HEADER[:2], True), ([], True), (None, True)], ids=str
)
def test_a_narrow_table_and_one_without_row_headings_stay_tables(header, row_headers):
    page = table(header=header, rows=[["one", "two", "three"]], row_headers=row_headers)
    assert "cs-table--stacks" not in page
    assert "cs-table__label" not in page
    assert [page.count(f">{cell}</t") for cell in ("one", "two", "three")] == [1, 1, 1]


def test_a_row_longer_than_the_header_keeps_its_cells():
    page = table(header=HEADER, rows=[["one", "two", "three", "four"]], row_headers=True)
    assert page.count('class="cs-table__label"') == 2
    assert ">four</td>" in page
