"""The pattern to colour on the last page: its colours and its tiles, named for a screen reader."""

import json
from dataclasses import dataclass

from .words import interface_words

SIDE = 6
COLOURS = ("plain", "purple", "green", "orange", "blue")


@dataclass(frozen=True)
class Tile:
    """One square. `values` fill in its words again when the language changes."""

    id: str
    words: str
    values: str


def colours(language: str) -> list[tuple[str, str]]:
    """(name, words) of each colour; the first takes a colour away."""
    return [(name, interface_words(language)[f"calm_{name}"]) for name in COLOURS]


def tiles(language: str) -> list[list[Tile]]:
    """The tiles row by row."""
    words = interface_words(language)["calm_tile"]
    return [
        [
            Tile(f"tile-{row}-{tile}", words.format(row=row, tile=tile), json.dumps({"row": row, "tile": tile}))
            for tile in range(1, SIDE + 1)
        ]
        for row in range(1, SIDE + 1)
    ]
