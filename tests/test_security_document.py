"""docs/security.md points to what is there."""

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs/security.md").read_text()
PATH = re.compile(r"`((?:site|home|community|surveys|tests|docs|deploy|requirements)/[^`\s]+|pyproject\.toml)`")


def test_every_path_it_names_exists():
    named = PATH.findall(TEXT)
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_every_page_it_links_to_exists():
    linked = [target for target in re.findall(r"\]\(([^)#]+)", TEXT) if "://" not in target]
    assert linked
    assert [target for target in linked if not (ROOT / "docs" / target).is_file()] == []


def test_every_chapter_is_answered_by_a_file_or_by_why_it_does_not_apply():
    rows = re.findall(r"^\| V(\d+) (.+)$", TEXT, re.MULTILINE)
    assert [int(number) for number, _rest in rows] == list(range(1, 18))
    assert [number for number, rest in rows if not PATH.search(rest) and "does not apply" not in rest] == []


def test_every_test_file_it_names_holds_a_test():
    for path in set(PATH.findall(TEXT)):
        if path.startswith("tests/") and path.endswith(".py"):
            assert re.search(r"^\s*(async )?def test_", (ROOT / path).read_text(), re.MULTILINE), path


class TestEachRequirement:
    """docs/asvs.csv: what is done about each of the requirements of levels 1 and 2."""

    ROWS = list(csv.DictReader((ROOT / "docs/asvs.csv").open(newline="")))

    def test_all_of_levels_one_and_two_are_there_once(self):
        numbers = [row["requirement"] for row in self.ROWS]
        assert len(set(numbers)) == len(numbers) == 253
        assert Counter(row["level"] for row in self.ROWS) == {"1": 70, "2": 183}
        assert {int(number[1:].split(".")[0]) for number in numbers} == set(range(1, 18))

    def test_each_has_an_answer_and_what_is_met_is_shown(self):
        for row in self.ROWS:
            number, state, why, where = (
                row["requirement"],
                row["state"],
                row["what is done, or why not"],
                row["shown by"],
            )
            assert state in {"met", "partly", "missing", "operator", "none"}, number
            assert why, number
            assert (ROOT / where).is_file() if where else state in {"missing", "none"}, number

    def test_every_test_file_that_shows_something_holds_a_test(self):
        for path in {row["shown by"] for row in self.ROWS if row["shown by"].startswith("tests/")}:
            assert re.search(r"^\s*(async )?def test_", (ROOT / path).read_text(), re.MULTILINE), path

    def test_what_is_missing_is_said_in_the_document_too(self):
        for row in self.ROWS:
            if row["state"] == "missing":
                assert row["requirement"] in TEXT, row["requirement"]
