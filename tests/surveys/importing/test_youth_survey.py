"""Real answers, imported, released and compared: a few districts stand in for schools. Nothing of them is in the project."""

import csv
import gzip
import os
from pathlib import Path

import pytest

from surveys.fieldwork.models import Wave
from surveys.importing.mapping import read_map
from surveys.importing.services import take_in_answers
from surveys.release.enums import ReleaseState
from surveys.release.services import compute_release, plan_release, publish_release
from surveys.results.audiences import SUBGROUP
from surveys.results.differences import changes_between, gaps_in, real_differences
from surveys.results.figures import figures

FOLDER = Path(os.environ.get("CSCP_REFERENCE_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")
FILE = FOLDER / "yrbs_districts_2015_2017.csv.gz"
MAP = Path("surveys/importing/maps/yrbs.yaml")
DISTRICTS = {"orange", "broward", "cleveland"}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason="needs the reference data folder (CSCP_REFERENCE_DATA)"),
]


def test_both_waves_of_real_answers_are_imported_released_and_compared(tmp_path):
    waves = {wave.slug: wave for wave in _imported(tmp_path)}
    releases = {slug: _released(wave) for slug, wave in waves.items()}
    for release in releases.values():
        assert release.report["gate"]["passed"]
        assert release.origin == "imported"
        assert release.cells.exists()
    keys = [item["key"] for item in releases["spring-2017"].structure["items"]]
    now, before = (
        figures(releases[slug], keys, audience=SUBGROUP) for slug in ("spring-2017", "spring-2015")
    )  # fmt: skip
    true = _true_share("2017", "is_hopeless")
    shown = now["LOW_TWO_WEEKS"].rows[0].cell(1).percent
    assert abs(shown - true) <= 2
    changes = changes_between(now, before)
    assert {change.item["key"] for change in changes} >= {"LOW_TWO_WEEKS", "TRIED_SUICIDE"}
    by_sex = figures(releases["spring-2017"], ["LOW_TWO_WEEKS"], audience=SUBGROUP, by="SEX")
    gap = real_differences(gaps_in(by_sex.values()), releases["spring-2017"].report["errors"])[0]
    assert (gap.first.group, gap.second.group) == (1, 2)
    assert abs(gap.points) >= 10


def _imported(tmp_path):
    path = tmp_path / "some.csv"
    with path.open("w", newline="") as file:
        rows = _rows()
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = take_in_answers(path=path, column_map=read_map(MAP))
    assert found.tally.groups.total() == len(rows)
    return Wave.objects.all()


def _released(wave):
    release = compute_release(
        release=plan_release(wave=wave, crossed_by="SEX", breakdowns=["ORIENTATION", "ETHNICITY"], by=None)
    )
    assert release.state == ReleaseState.READY
    publish_release(release=release, by=None)
    return release


def _rows():
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["district"] in DISTRICTS]


def _true_share(year, column):
    given = [row[column] for row in _rows() if row["year"] == year]
    return 100 * given.count("True") / len(given)
