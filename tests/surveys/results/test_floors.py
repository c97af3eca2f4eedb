"""Every number is a sum of cells, and each reader has a floor under which nothing stands."""

import pytest

from surveys.release.models import ReleaseCell
from surveys.results.audiences import PUBLIC, SCHOOL, SUBGROUP
from surveys.results.figures import SCHOOL as BY_SCHOOL
from surveys.results.figures import YEAR, Slice, figures, took_part
from surveys.results.presenting import charts_by_group, left_out, share
from tests.surveys.results.releases import ALWAYS, BOY, GIRL, NEVER, count, fill, make_release, school_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("by", ["", YEAR, BY_SCHOOL, "SEX"])
def test_every_number_is_a_sum_of_cells(by):
    release = make_release()
    fill(release)
    column = {"": None, YEAR: "year_group", BY_SCHOOL: "school_id", "SEX": "group"}[by]

    found = figures(release, ["SAFE"], audience=SUBGROUP, by=by)["SAFE"]

    seen = 0
    for row in found.rows:
        for cell in row.cells:
            cells = ReleaseCell.objects.filter(release=release, item="SAFE", answer=cell.answer)
            if column:
                cells = cells.filter(**{column: row.group})
            assert cell.pupils == sum(cells.values_list("value", flat=True))
            seen += cell.pupils
    assert seen == sum(ReleaseCell.objects.filter(item="SAFE").values_list("value", flat=True)) == took_part(release)


@pytest.mark.parametrize(
    ("audience", "pupils", "shown"),
    [
        (PUBLIC, 95, ""),
        (PUBLIC, 100, "percent"),
        (SUBGROUP, 25, ""),
        (SUBGROUP, 30, "percent"),
        (SCHOOL, 15, ""),
        (SCHOOL, 20, "words"),
        (SCHOOL, 25, "words"),
        (SCHOOL, 30, "percent"),
    ],
)
def test_each_reader_has_a_floor(audience, pupils, shown):
    release = make_release()
    for number in range(3):
        count(release, "SAFE", number, {(8, GIRL): {NEVER: 5}})
    count(release, "SAFE", 0, {(10, GIRL): {ALWAYS: pupils - 15}} if pupils > 15 else {})

    row = figures(release, ["SAFE"], audience=audience)["SAFE"].rows[0]

    assert (row.base, row.shown) == (pupils, shown)
    assert bool(row.cells) == bool(shown)


def test_the_public_sees_no_group_of_two_schools_however_large():
    release = make_release()
    for number in range(3):
        count(release, "SAFE", number, {(8, GIRL): {NEVER: 200}})
    for number in range(2):
        count(release, "SAFE", number, {(10, GIRL): {NEVER: 500}})

    rows = {row.group: row.shown for row in figures(release, ["SAFE"], audience=PUBLIC, by=YEAR)["SAFE"].rows}

    assert rows == {8: "percent", 10: ""}


def test_words_bring_no_percentage_along():
    release = make_release()
    count(release, "SAFE", 0, {(8, GIRL): {NEVER: 10, ALWAYS: 15}})

    figure = figures(release, ["SAFE"], audience=SCHOOL, part=Slice(school=school_of(release, 0).pk))["SAFE"]

    assert [share(figure.rows[0], answer) for answer in (NEVER, ALWAYS)] == ["about a third", "about two thirds"]
    assert all(cell.percent is None for cell in figure.rows[0].cells)


def test_groups_that_are_too_small_are_named_once_and_stand_in_no_chart():
    release = make_release()
    for number in range(3):
        count(release, "SAFE", number, {(8, GIRL): {NEVER: 100}, (8, BOY): {NEVER: 5}})

    found = list(figures(release, ["SAFE"], audience=PUBLIC, by="SEX").values())

    assert left_out(found) == ["Boy"]
    assert {bar.label for chart in charts_by_group(found, wave="Autumn") for bar in chart.rows} == {"Girl"}
    assert charts_by_group(found, wave="Autumn")[0].caption == "Autumn: pupils who were asked: Girl (300)."


def test_who_was_not_asked_for_their_group_is_not_called_not_asked_the_question():
    release = make_release()
    release.structure["breakdowns"][0]["groups"].append({"group": -3, "text": None})
    for school in release.structure["schools"]:
        for group in (1, -3):
            ReleaseCell.objects.create(
                release=release, cube="FSM", item="SAFE", school_id=school, group=group, answer=NEVER, value=50
            )
    found = list(figures(release, ["SAFE"], audience=PUBLIC, by="FSM").values())
    chart = charts_by_group(found, wave="Autumn")[0]

    assert [bar.label for bar in chart.rows] == ["Yes", "Free school meals: not asked"]
    assert chart.caption == "Autumn: pupils who were asked: Yes (150), Free school meals: not asked (150)."
