"""A district's shape, drawn from where its postcodes are: small hexagons, joined. Pure geometry, no database."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RADIUS = 95.0
"""Metres from the middle of a hexagon to its corners."""
UNIT = 10
"""Metres to one unit of the drawing."""
_NEIGHBOURS = ((1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1))
_ENOUGH_AROUND = 4
_LABEL_NEEDS = 20

Cell = tuple[int, int]
Corner = tuple[int, int]


@dataclass(frozen=True)
class Shape:
    """An SVG path in units of ten metres, and where its label stands; None where it is too small for one."""

    path: str
    label: tuple[int, int] | None


def shapes_of(points: Iterable[tuple[str, int, int]]) -> dict[str, Shape]:
    """The shape of each district, from (district, easting, northing) of postcodes.

    A hexagon belongs to the district that has most postcodes in it. Small holes close; parks stay open.
    """
    counts: dict[Cell, Counter[str]] = defaultdict(Counter)
    for district, easting, northing in points:
        counts[_cell_at(easting, northing)][district] += 1
    # Ties go by name, so that the same table always draws the same map.
    owner = {cell: min(found, key=lambda name: (-found[name], name)) for cell, found in counts.items()}
    _close_holes(owner)
    cells: dict[str, set[Cell]] = defaultdict(set)
    for cell, district in owner.items():
        cells[district].add(cell)
    return {district: Shape(_outline(found), _label(found)) for district, found in sorted(cells.items())}


def _cell_at(easting: float, northing: float) -> Cell:
    """The hexagon (axial coordinates, corner at the top) that holds a point."""
    q = (math.sqrt(3) / 3 * easting - northing / 3) / RADIUS
    r = (2 / 3 * northing) / RADIUS
    rounded_q, rounded_r, rounded_s = round(q), round(r), round(-q - r)
    off_q, off_r, off_s = abs(rounded_q - q), abs(rounded_r - r), abs(rounded_s + q + r)
    if off_q > off_r and off_q > off_s:
        rounded_q = -rounded_r - rounded_s
    elif off_r > off_s:
        rounded_r = -rounded_q - rounded_s
    return rounded_q, rounded_r


def _middle(cell: Cell) -> tuple[float, float]:
    q, r = cell
    return RADIUS * math.sqrt(3) * (q + r / 2), RADIUS * 1.5 * r


def _around(cell: Cell) -> Iterator[Cell]:
    return ((cell[0] + q, cell[1] + r) for q, r in _NEIGHBOURS)


def _close_holes(owner: dict[Cell, str]) -> None:
    candidates = {near for cell in owner for near in _around(cell)} - owner.keys()
    found: dict[Cell, str] = {}
    for cell in sorted(candidates):
        names = Counter(owner[near] for near in _around(cell) if near in owner)
        if names.total() >= _ENOUGH_AROUND:
            found[cell] = min(names, key=lambda name: (-names[name], name))
    owner.update(found)


def _outline(cells: set[Cell]) -> str:
    """The border of joined hexagons: every edge that has none of them on its other side, chained into loops."""
    following: dict[Corner, list[Corner]] = defaultdict(list)
    for cell in sorted(cells):
        corners = _corners(cell)
        for side, neighbour in enumerate(_across(cell)):
            if neighbour not in cells:
                following[corners[side]].append(corners[(side + 1) % 6])
    parts = []
    for start in sorted(following):
        while following[start]:
            loop, at = [start], following[start].pop()
            while at != start:
                loop.append(at)
                at = following[at].pop()
            parts.append(_path(loop))
    return "".join(parts)


def _corners(cell: Cell) -> list[Corner]:
    """Counter-clockwise from the right, in drawing units with north at the top."""
    east, north = _middle(cell)
    turns = [math.radians(60 * step - 30) for step in range(6)]
    return [
        (round((east + RADIUS * math.cos(turn)) / UNIT), -round((north + RADIUS * math.sin(turn)) / UNIT))
        for turn in turns
    ]


def _across(cell: Cell) -> list[Cell]:
    """The neighbour on the other side of each edge, in the order of `_corners`."""
    q, r = cell
    return [(q + 1, r), (q, r + 1), (q - 1, r + 1), (q - 1, r), (q, r - 1), (q + 1, r - 1)]


def _path(loop: list[Corner]) -> str:
    start, *rest = loop
    steps, at = [], start
    for corner in rest:
        steps.append(f"{corner[0] - at[0]} {corner[1] - at[1]}")
        at = corner
    return f"M{start[0]} {start[1]}l{' '.join(steps)}z".replace(" -", "-")


def _label(cells: set[Cell]) -> tuple[int, int] | None:
    """Inside the largest piece, as near its middle as a hexagon is."""
    piece = max(_pieces(cells), key=len)
    if len(piece) < _LABEL_NEEDS:
        return None
    middles = {cell: _middle(cell) for cell in piece}
    east = sum(x for x, _y in middles.values()) / len(piece)
    north = sum(y for _x, y in middles.values()) / len(piece)
    near = min(sorted(piece), key=lambda cell: math.hypot(middles[cell][0] - east, middles[cell][1] - north))
    return round(middles[near][0] / UNIT), -round(middles[near][1] / UNIT)


def _pieces(cells: set[Cell]) -> list[set[Cell]]:
    left, pieces = set(cells), []
    while left:
        piece, edge = set(), [min(left)]
        while edge:
            cell = edge.pop()
            if cell in left:
                left.discard(cell)
                piece.add(cell)
                edge.extend(_around(cell))
        pieces.append(piece)
    return pieces
