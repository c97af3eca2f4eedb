"""Whether a characteristic would make groups too small to show in this borough."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ..reading import Document
from .problem import Problem, at, look

if TYPE_CHECKING:
    from ...fieldwork.models import Wave

SHARES = Path(__file__).parent.parent / "shares.yaml"
TAKING_PART = 0.75
"""The share of a school's pupils who answer: some are away, some say no."""
SMALLEST_SHOWN = 30
"""Pupils below whom no view shows percentages."""


def pupils_by_year(wave: "Wave") -> dict[int, int] | None:
    """Year group -> pupils on roll in the wave's schools; None where no school has told its numbers."""
    totals: dict[int, int] = {}
    for school in wave.schools.all():
        for year, pupils in school.pupils_on_roll.items():
            if int(year) in school.year_groups:
                totals[int(year)] = totals.get(int(year), 0) + int(pupils)
    return totals or None


def problems(document: Document, pupils: Mapping[int, int] | None) -> Iterator[Problem]:
    """Each characteristic against the pupils who would be asked."""
    if pupils is None:
        yield look("", "No school has told how many pupils it has, so nobody can say which groups would be too small.")
        return
    for section in document["sections"]:
        for question in section["questions"]:
            if not question["demographic"]:
                continue
            years = question["years"] or section["years"] or document["years"]
            asked = sum(pupils.get(year, 0) for year in years) * TAKING_PART
            expected = round(asked * _shares()[question["demographic"]])
            if expected < SMALLEST_SHOWN:
                yield look(
                    at(question),
                    f"About {round(asked)} pupils would be asked, and the smallest group would have about {expected}. "
                    f"Groups under {SMALLEST_SHOWN} are not shown: put small groups together, or leave it out.",
                )


@cache
def _shares() -> dict[str, Any]:
    shares: dict[str, Any] = yaml.safe_load(SHARES.read_text(encoding="utf-8"))
    return shares
