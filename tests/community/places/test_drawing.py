"""The map is drawn from postcodes alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from community.models import District
from community.places.drawing import _starts, draw_map
from community.places.hexes import RADIUS, UNIT, shapes_of
from community.places.near import Point


def test_every_postcode_lies_near_the_outline_of_its_district():
    shape = shapes_of([("NW5", 529_000, 185_000)])["NW5"]
    corners = _starts(shape.path)
    assert len(corners) == 6
    for x, y in corners:
        assert abs(x * UNIT - 529_000) <= 2.1 * RADIUS
        assert abs(-y * UNIT - 185_000) <= 2.1 * RADIUS


def test_a_hexagon_goes_to_the_district_with_most_postcodes_in_it():
    points = [("NW5", 529_000, 185_000), ("NW5", 529_001, 185_001), ("NW1", 529_002, 185_002)]
    assert list(shapes_of(points)) == ["NW5"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 3_000), st.integers(0, 3_000)), min_size=1, max_size=60)
)
def test_outlines_are_closed_and_the_same_table_draws_the_same_map(points):
    shapes = shapes_of(points)
    assert shapes == shapes_of(list(reversed(points)))
    for shape in shapes.values():
        assert shape.path.count("M") == shape.path.count("z") >= 1


def test_the_searched_place_and_its_rings_are_shown_even_outside_the_area():
    shape = shapes_of([("NW5", 529_000, 185_000)])["NW5"]
    district = District(outward="NW5", easting=529_000, northing=185_000, outline=shape.path)
    near = Point("E1 6AD", 533_526, 181_849, is_district=False)
    drawn = draw_map([district], counts={"NW5": 3}, near=near, rings=[(1_600, "1 mile")])
    assert drawn is not None
    left, top, width, height = (int(part) for part in drawn.view_box.split())
    assert left <= drawn.point[0] <= left + width
    assert top <= drawn.point[1] <= top + height
    assert drawn.rings[0].radius == 160
    assert drawn.districts[0].shade == 1


def test_without_a_table_there_is_no_map():
    assert draw_map([], counts={}, near=None, rings=[]) is None
