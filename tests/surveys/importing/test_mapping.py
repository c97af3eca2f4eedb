"""A map that cannot be used is refused whole, and every reason is said."""

import pytest

from surveys.importing.mapping import MapWrong, map_of, read_map

from .conftest import HEADINGS


def first(written):
    return written["sections"][0]["questions"][0]


def test_a_right_map_names_each_column_once(written_map):
    found = map_of(written_map)
    assert found.columns == HEADINGS.split(",")
    assert found.years == (8, 10)
    assert found.years_of == {"8": 8, "10": 10, "": 101, "x": None}


CHANGES = [
    (lambda m: m.pop("school"), "The map has no “school”."),
    (lambda m: m.update(topics=["all"]), "“topics” in the map must be a group of names with values."),
    (lambda m: m["wave"].pop("values"), "“wave” in the map needs “values”"),
    (lambda m: m["wave"]["values"]["w1"].pop("opens_on"), "The wave for “w1” needs a name, opens_on and closes_on"),
    (lambda m: m["wave"]["values"]["w2"].update(name="spring"), "Two waves in the map have the same name."),
    (lambda m: m["year_group"]["values"].update({"7": 77}), "“77” is no year group."),
    (lambda m: m["year_group"]["values"].update({"4": 4}), "“merge” needs year groups of one phase"),
    (lambda m: m["school"].update(make="college"), "“make” of the schools in the map must be one of primary"),
    (lambda m: m.update(never_answered_in_a_school="x"), "“never_answered_in_a_school” in the map must be not-asked"),
    (lambda m: first(m).update(code="sex"), "Question sex: the code needs capital letters"),
    (lambda m: first(m).update(code="SMOKED"), "The code SMOKED stands in the map twice."),
    (lambda m: first(m).update(kind="text"), "Question SEX: the kind must be choice, number, grid or choose-all"),
    (lambda m: first(m).update(demographic="shoe-size"), "Question SEX: the characteristic must be one of sex"),
    (lambda m: first(m).update(options={0: {"en": "No"}}), "Question SEX: an option's number must be 1 to 99, not “0”"),
    (lambda m: first(m)["values"].update({"X": 3}), "Question SEX: “X” stands for “3”, which is neither an option nor"),
    (lambda m: first(m)["values"].update({"X": "picked"}), "Question SEX: “X” stands for “picked”, which is neither"),
    (lambda m: first(m)["values"].update({True: 1}), "Question SEX: write the value True in quotation marks"),
    (lambda m: first(m).pop("column"), "Question SEX: it does not say its “column”."),
    (lambda m: m["sections"][0].update(topic="none"), "Section “all” names the topic “none”"),
    (lambda m: m["sections"][0]["questions"][5]["columns"].pop("tea"), "Question MEALS: “columns” must name one column"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), CHANGES, ids=[said[:40] for _change, said in CHANGES])
def test_what_is_wrong_in_a_map_is_said(written_map, change, said):
    change(written_map)
    with pytest.raises(MapWrong) as raised:
        map_of(written_map)
    assert any(problem.startswith(said) for problem in raised.value.problems), raised.value.problems


@pytest.mark.parametrize("content", [b"a: [1", b"\xff\xfe", b"just words", b""])
def test_a_file_that_is_no_map_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "map.yaml"
    path.write_bytes(content)
    with pytest.raises(MapWrong):
        read_map(path)
    with pytest.raises(MapWrong, match="cannot be read"):
        read_map(tmp_path / "none.yaml")
