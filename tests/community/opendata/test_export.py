"""The public spreadsheet."""

import csv
import io

import pytest

from community.directory.disclaimer import DISCLAIMER
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db


def rows(client):
    response = client.get("/export/settings.csv")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_one_row_a_listing_each_with_what_being_listed_means(client, many):
    found = rows(client)
    assert sorted(row["name"] for row in found) == sorted(setting.name for setting in many)
    assert {row["what_being_listed_means"] for row in found} == {str(DISCLAIMER)}


def test_no_cell_can_become_a_formula(client, lists):
    make_listing(
        name="=HYPERLINK(0)", slug="formula", summary="+1+cmd|' /C calc'!A0", public_phone="@SUM(1)", website=""
    )
    (row,) = rows(client)
    assert row["name"] == "'=HYPERLINK(0)"
    assert row["summary"].startswith("'+")
    assert row["phone"].startswith("'@")


def test_a_home_is_its_district(client, many):
    row = next(row for row in rows(client) if row["name"] == "Home Tutor")
    assert row["districts"] == "NW5"
    assert row["postcodes"] == ""
    assert "Invented Hall" not in row["places"]
