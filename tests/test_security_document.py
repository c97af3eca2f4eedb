"""docs/security.md points to what is there."""

import re
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
