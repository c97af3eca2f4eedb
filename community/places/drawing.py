"""The map: districts as shapes, the searched place and rings of distance around it. No tiles, nobody else asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .hexes import UNIT
from .models import District
from .near import Point

_MARGIN = 40
"""Of the drawing around the area, in units of ten metres."""
_FEW, _SOME = 4, 12


@dataclass(frozen=True)
class DrawnDistrict:
    """A district with its shape, where its name stands, and how many listings it has."""

    outward: str
    outline: str
    label_x: int | None
    label_y: int | None
    count: int
    shade: int
    """0 for none to 3 for many; the number itself stands in the list beside the map."""


@dataclass(frozen=True)
class Ring:
    """A circle around the searched place."""

    radius: int
    text: str
    text_y: int | None
    """Where its words stand; None where there is no room for them."""


@dataclass(frozen=True)
class Map:
    """All that the template draws."""

    view_box: str
    districts: list[DrawnDistrict]
    point: tuple[int, int] | None
    rings: list[Ring]


def draw_map(
    districts: list[District], *, counts: Mapping[str, int], near: Point | None, rings: list[tuple[int, str]]
) -> Map | None:
    """The map of the area; None where no table of postcodes was loaded. `rings`: (metres, words)."""
    drawn = [
        DrawnDistrict(
            outward=each.outward,
            outline=each.outline,
            label_x=each.label_x,
            label_y=each.label_y,
            count=counts.get(each.outward, 0),
            shade=_shade(counts.get(each.outward, 0)),
        )
        for each in districts
        if each.outline
    ]
    if not drawn:
        return None
    point = None if near is None else (round(near.easting / UNIT), -round(near.northing / UNIT))
    left, top, right, bottom = _edges(drawn, point)
    circles = []
    if point is not None:
        for metres, words in rings:
            radius = round(metres / UNIT)
            # Above the circle, or below it where the top is out of the picture, or not at all.
            text_y = next((y for y in (point[1] - radius, point[1] + radius) if top < y < bottom), None)
            circles.append(Ring(radius=radius, text=words, text_y=text_y))
    view_box = f"{left} {top} {right - left} {bottom - top}"
    return Map(view_box=view_box, districts=drawn, point=point, rings=circles)


def _shade(count: int) -> int:
    if count == 0:
        return 0
    return 1 if count <= _FEW else 2 if count <= _SOME else 3


def _edges(drawn: list[DrawnDistrict], point: tuple[int, int] | None) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the area, and of the searched place where that lies outside."""
    corners = [corner for each in drawn for corner in _starts(each.outline)]
    if point is not None:
        corners.append(point)
    across, down = [x for x, _y in corners], [y for _x, y in corners]
    return min(across) - _MARGIN, min(down) - _MARGIN, max(across) + _MARGIN, max(down) + _MARGIN


@lru_cache(maxsize=512)
def _starts(outline: str) -> list[tuple[int, int]]:
    """The corners of a path of ours: "M<x> <y>l<dx> <dy> …z", numbers joined by their signs."""
    corners = []
    for loop in outline.split("z"):
        if not loop:
            continue
        start, _, steps = loop[1:].partition("l")
        x, y = (int(number) for number in _numbers(start))
        corners.append((x, y))
        numbers = _numbers(steps)
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + int(dx), y + int(dy)
            corners.append((x, y))
    return corners


def _numbers(text: str) -> list[str]:
    return text.replace("-", " -").split()
