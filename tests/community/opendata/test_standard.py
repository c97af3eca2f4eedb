"""Every answer held against the published schemas of Open Referral UK 3.0, where a copy of them is at hand."""

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .conftest import get, walk

FOLDER = Path(os.environ.get("CSCP_REFERENCE_DATA", "/nowhere")) / "openreferral-uk-3.0"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="CSCP_REFERENCE_DATA names no folder with openreferral-uk-3.0"),
]


def faults(name, document):
    schema = json.loads((FOLDER / f"{name}.json").read_text())
    term = DRAFT202012.create_resource(json.loads((FOLDER / "taxonomy_term.json").read_text()))
    registry = Registry().with_resource("taxonomy_term.json", term)
    validator = Draft202012Validator(schema, format_checker=FormatChecker(), registry=registry)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(document)]


def test_the_check_itself_finds_what_is_wrong():
    assert faults("service", {"id": "1", "status": "approved", "email": "email-example_com"})
    assert faults("service", json.loads((FOLDER / "examples/service_full.json").read_text())) == []


@pytest.mark.parametrize(
    ("address", "in_lists", "alone"),
    [
        ("services", "service_list", "service"),
        ("service_at_locations", "service_at_location_list", "service_at_location"),
        ("taxonomies", "taxonomy", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term", "taxonomy_term"),
    ],
)
def test_each_item_of_each_page_and_each_thing_alone(client, many, address, in_lists, alone):
    items = walk(client, f"/o/{address}", per_page=3)
    assert items, "an empty feed proves nothing"
    for item in items:
        assert faults(in_lists, item) == []
    for item in items[:20]:
        assert faults(alone, get(client, f"/o/{address}/{item['id']}").json()) == []


def test_the_profile_s_nine_addresses_are_all_there(client, many):
    profile = json.loads((FOLDER / "openapi.json").read_text())
    ours = get(client, "/o/openapi.json").json()["paths"]
    assert set(profile["paths"]) <= set(ours)
    for address, described in profile["paths"].items():
        parameters = ours[address]["get"]["parameters"]
        names = {each.get("$ref", "").rpartition("/")[2] for each in parameters}
        asked = {each["$ref"].rpartition("/")[2] for each in described["get"].get("parameters", [])}
        assert asked <= names, address
