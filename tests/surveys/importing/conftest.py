"""A small map with every kind of question, and files for it."""

import copy
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

MAP: dict[str, Any] = yaml.safe_load("""
survey: {key: wellbeing, name: "How are you?"}
topics: {all: "Everything"}
wave:
  column: wave
  values:
    w1: {name: "Spring", opens_on: 2025-03-01, closes_on: 2025-04-01, practice: true}
    w2: {name: "Autumn", opens_on: 2025-09-01, closes_on: 2025-10-01, practice: true}
school: {column: school, make: secondary, values: {"S1": "Hill School"}}
year_group: {column: year, values: {"8": 8, "10": 10, "": merge, "x": leave-out}}
sections:
  - key: all
    title: "All"
    topic: all
    questions:
      - {code: SEX, column: sex, en: "Girl or boy?", demographic: sex, options: {1: {en: "Girl"}, 2: {en: "Boy"}},
         values: {F: 1, M: 2, "9": prefer-not}}
      - {code: SMOKED, column: smoked, en: "Have you smoked?", options: {1: {en: "Yes"}, 2: {en: "No"}},
         values: {"1": 1, "0": 2, "-": not-asked}}
      - {code: HOURS, kind: number, column: hours, en: "How many hours do you sleep?", number: {min: 0, max: 24}}
      - {code: OFTEN, column: often, en: "How often do you smoke?", shown_if: {code: SMOKED, values: [1]},
         options: {1: {en: "Daily"}, 2: {en: "Less"}}, values: {"1": 1, "2": 2}}
      - {code: CLUBS, kind: choose-all, en: "Which clubs?", columns: {1: art, 2: sport},
         options: {1: {en: "Art"}, 2: {en: "Sport"}}, values: {"1": picked, "0": not-picked}}
      - {code: MEALS, kind: grid, en: "Did you eat?", columns: {lunch: lunch, tea: tea},
         rows: {lunch: {en: "Lunch"}, tea: {en: "Tea"}}, options: {1: {en: "Yes"}, 2: {en: "No"}}, values: {"1": 1, "2": 2}}
""")
HEADINGS = "wave,school,year,sex,smoked,hours,often,art,sport,lunch,tea"
ROW = "w1,S1,8,F,1,8,2,1,0,1,2"
CODED = [1, 1, 8, 2, 1, 0, 1, 2]


@pytest.fixture
def written_map() -> dict[str, Any]:
    """The map as YAML gives it, to be changed."""
    return copy.deepcopy(MAP)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """`table(line, line, …, headings=…)`: a CSV file; gzip where `zipped`."""

    def write(*lines: str, headings: str = HEADINGS, zipped: bool = False) -> Path:
        content = "\n".join([headings, *lines]).encode()
        path = tmp_path / ("answers.csv.gz" if zipped else "answers.csv")
        path.write_bytes(gzip.compress(content) if zipped else content)
        return path

    return write
