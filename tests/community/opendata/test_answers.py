"""How the open data answers: ETags, other sites, too many requests, things that make no sense, things that are not there."""

import json
import uuid

import pytest
import time_machine
from jsonschema import Draft202012Validator, FormatChecker

from community.register.enums import SettingState
from tests.factories.listings import make_listing

from .conftest import get, walk

pytestmark = pytest.mark.django_db


def test_an_answer_that_the_caller_holds_is_not_sent_again(client, many):
    first = get(client, "/o/services")
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    for held in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client.get("/o/services", headers={"If-None-Match": held})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == tag
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert get(client, "/o/services", **{"If-None-Match": '"other"'}).content == first.content


def test_a_suspension_shows_at_once_to_a_caller_who_holds_the_answer(client, many):
    address = f"/o/services/{many[0].pk}"
    tag = get(client, address).headers["ETag"]
    many[0].state = SettingState.SUSPENDED
    many[0].save()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 404
    assert many[0].name not in client.get("/o/services").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/o/", "/o/services", "/o/openapi.json", "/o/services/none", "/o/services?page=0", "/export/settings.csv"],
)
def test_every_site_may_read_and_no_cookie_is_set(client, many, address):
    response = client.get(address)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] in {"no-cache", "no-store"}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_head_and_options(client, many):
    head, whole = client.head("/o/services"), get(client, "/o/services")
    assert head.content == b""
    assert head.headers["ETag"] == whole.headers["ETag"]
    asked = client.options("/o/services")
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert asked.content == b""


def test_writing_is_refused(client, many):
    response = client.post("/o/services", {"name": "x"})
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["title"] == "Only reading is possible"


@time_machine.travel("2026-11-02 10:00:05Z", tick=False)
def test_the_sixty_first_request_of_a_minute_waits(client, db, throttle):
    for _request in range(60):
        assert client.get("/o/").status_code == 200
    late = client.get("/o/")
    assert late.status_code == 429
    assert late.headers["Retry-After"] == "60"
    assert late.json()["status"] == 429
    assert client.get("/o/", REMOTE_ADDR="198.51.100.7").status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("page=0", "page", "whole number from 1"),
        ("page=-1", "page", "whole number"),
        ("page=one", "page", "whole number"),
        ("page=99999999999999999999", "page", "whole number"),
        ("per_page=101", "per_page", "from 1 to 100"),
        ("per_page=0", "per_page", "from 1 to 100"),
        ("minimum_age=-3", "minimum_age", "whole number from 0 to 25"),
        ("maximum_age=ten", "maximum_age", "whole number"),
        ("start_time=25:00", "start_time", "such as 16:30"),
        ("end_time=soon", "end_time", "such as 16:30"),
        ("day=Someday", "day", "MO, TU"),
        ("taxonomy_term_id=football", "taxonomy_term_id", "UUID"),
        ("taxonomy_id=1", "taxonomy_id", "UUID"),
        ("modified_after=yesterday", "modified_after", "2026-09-01"),
        ("modified_after=2026-02-30", "modified_after", "2026-09-01"),
        (f"search={'x' * 10_000}", "search", "at most 200"),
    ],
)
def test_what_makes_no_sense_is_named_in_plain_words(client, many, query, parameter, words):
    for address in ("services", "service_at_locations"):
        response = client.get(f"/o/{address}?{query}")
        assert response.status_code == 400
        assert response.headers["Content-Type"].startswith("application/problem+json")
        faults = {each["parameter"]: each["message"] for each in response.json()["errors"]}
        assert words in faults[parameter]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("postcode=ZZ99 9ZZ", "only know postcodes in the area"),
        ("postcode=NW1", "whole postcode"),
        ("postcode='; drop", "whole postcode"),
        ("proximity=500", "postcode too"),
        ("postcode=NW5 1AA&proximity=far", "whole number"),
    ],
)
def test_places_that_nobody_knows(client, many, query, words):
    response = client.get(f"/o/service_at_locations?{query}")
    assert response.status_code == 400
    assert words in response.json()["detail"]


def test_rubbish_of_every_sort_is_never_a_fault_of_ours(client, many):
    for value in ("%00", "%F0%9F%A6%8A", "%3Cscript%3E", "'", "[]", "NaN", "1e9", "٣", "🦊", " ", "-0"):
        for name in (
            "page",
            "per_page",
            "search",
            "minimum_age",
            "start_time",
            "day",
            "taxonomy_id",
            "modified_after",
            "postcode",
            "proximity",
            "unheard_of",
        ):
            assert client.get(f"/o/service_at_locations?{name}={value}").status_code in {200, 400}


def without_number(response):
    """The headers, but for the number of the request, which differs by design."""
    return tuple(sorted(pair for pair in response.headers.items() if pair[0] != "X-Request-ID"))


def _as_seen(response):
    """The bytes and the headers, but for the number that is drawn by lot for every request."""
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.content, tuple(sorted(headers.items()))


def test_not_there_is_not_there_whatever_was_asked_for(client, many):
    """Hidden, lapsed, suspended, removed, unknown, and no id at all: the same bytes and the same headers."""
    answers = set()
    keys = [
        str(uuid.uuid4()),
        "none",
        "00000000-0000-0000-0000-000000000000",
        str(many[0].pk).upper(),
        str(many[0].pk).replace("-", ""),
    ]
    for state in (
        SettingState.HIDDEN,
        SettingState.LAPSED,
        SettingState.SUSPENDED,
        SettingState.REMOVED,
        SettingState.ARCHIVED,
    ):
        gone = make_listing(name=f"Gone {state}", slug=f"gone-{state}".replace("_", "-"))
        gone.state = state
        gone.save()
        keys.append(str(gone.pk))
    places = [item["id"] for item in walk(client, "/o/service_at_locations")]
    for address in ("services", "service_at_locations", "taxonomies", "taxonomy_terms"):
        for key in keys:
            response = client.get(f"/o/{address}/{key}")
            assert response.status_code == 404
            answers.add((response.content, without_number(response)))
    for address in ("/o/nothing", "/o/services/", "/o/services/x/y"):
        response = client.get(address)
        answers.add((response.content, without_number(response)))
    assert len(answers) == 1
    assert places


def test_a_place_of_a_setting_that_left_the_register_is_gone(client, many):
    place = walk(client, "/o/service_at_locations")[0]
    setting = next(each for each in many if str(each.pk) == place["service_id"])
    setting.state = SettingState.SUSPENDED
    setting.save()
    assert client.get(f"/o/service_at_locations/{place['id']}").content == client.get("/o/services/none").content


def test_the_description_is_true(client, many):
    """Each answer of each address in the file, with and without each parameter, is as the file says."""
    described = get(client, "/o/openapi.json").json()
    for address, operations in described["paths"].items():
        operation = operations["get"]
        for concrete in _concrete(client, described, address, operation):
            response = client.get(concrete)
            _as_described(described, operation, response)


def _concrete(client, described, address, operation):
    base = f"/o{address}"
    if "{id}" in address:
        listing = base.replace("/{id}", "")
        yield from (base.replace("{id}", item["id"]) for item in walk(client, listing)[:12])
        yield base.replace("{id}", str(uuid.uuid4()))
        return
    yield base
    for parameter in operation["parameters"]:
        name = parameter["$ref"].rpartition("/")[2]
        schema = described["components"]["parameters"][name]["schema"]
        yield f"{base}?{name}={schema.get('maximum', schema.get('default', 'x'))}"
        yield f"{base}?{name}=%20nonsense%20"


def _as_described(described, operation, response):
    said = operation["responses"][str(response.status_code)]
    ((kind, content),) = said["content"].items()
    assert response.headers["Content-Type"].startswith(kind)
    schema = {"$ref": content["schema"]["$ref"], "components": described["components"]}
    found = [
        f"{'/'.join(map(str, error.path))}: {error.message}"
        for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(
            json.loads(response.content)
        )
    ]
    assert found == [], response.request["PATH_INFO"]
    for name, header in said.get("headers", {}).items():
        assert header["schema"].get("const", response.headers[name]) == response.headers[name]


def test_the_budget_of_queries(client, many, django_assert_max_num_queries):
    client.get("/o/services")
    with django_assert_max_num_queries(8):
        client.get("/o/services?day=WE&minimum_age=5")
    with django_assert_max_num_queries(9):
        client.get("/o/service_at_locations?postcode=NW5 1AA")
    with django_assert_max_num_queries(6):
        client.get(f"/o/services/{many[0].pk}")
