"""The locked requirements: hashes for everything, no registry's address, in step with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["base.txt", "test.txt", "wagtail80.txt"]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[~=<>!; ]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_address_is_named(lock):
    text = (ROOT / "requirements" / lock).read_text()
    assert "://" not in text
    assert "--index-url" not in text
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(blocks) > 40
    assert [block.split("\n")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_the_site_needs_is_locked_in_both_files():
    needed = wanted(PYPROJECT["project"]["dependencies"])
    assert needed <= set(pinned("base.txt"))
    assert needed | wanted(PYPROJECT["dependency-groups"]["test"]) <= set(pinned("test.txt"))


def test_tests_run_on_the_very_versions_that_the_site_runs_on():
    assert pinned("base.txt").items() <= pinned("test.txt").items()


def test_the_next_wagtail_differs_in_wagtail_alone():
    assert pinned("wagtail80.txt")["wagtail"] == "8.0.1"
    assert pinned("test.txt")["wagtail"].startswith("7.4.")
