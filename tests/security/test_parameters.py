"""Parameters, parts of addresses and bodies that somebody made to break a view: no answer is a fault of ours, on either database."""

import json
import os
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from community.directory.query import SearchForm
from community.opendata.views import OF_PLACES
from home.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from tests.factories.accounts import holder_of, sign_in
from tests.factories.listings import make_listing
from tests.factories.pages import a_home_page, a_page
from tests.security.addresses import filled, patterns
from tests.surveys.results.releases import fill, make_release

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(
    r"""(?:GET|query|params|data)\.(?:get|getlist)\(\s*["']([a-z_-]+)["']|GET\[["']([a-z_]+)["']\]|reader\.\w+\(\s*["']([a-z_]+)["']"""
)
VALUES = {
    "a NUL": "%00", "broken UTF-8": "%ff%fe", "half a character": "%e2%82", "a lone surrogate": "%ed%a0%80", "a huge number": "9" * 40,
    "more than a bigint": "9223372036854775808", "below nought": "-1", "a number of another script": quote("٣²"), "an exponent": "1e999",
    "not a number": "NaN", "a long word": "a" * 3_000, "signs": quote("'\"<>%&;|`${{}}[]()\\"),
    "another direction": quote("\u202eabc\u0000x"),
    "a date that is none": "2026-02-31", "a far date": "999999-01-01", "nothing": "", "a place above": quote("../../etc/passwd"),
    "a line break": "a%0d%0aSet-Cookie:x=1",
}  # fmt: skip
KINDS = (
    list(VALUES)
    if os.environ.get("EVERY_VALUE")
    else ["a NUL", "broken UTF-8", "a huge number", "more than a bigint", "not a number", "signs"]
)
"""With EVERY_VALUE=1 it takes minutes: for whoever changes how parameters are read."""
PAGING = ("page", "per_page")
SEARCHING = {
    "/en/search/": ("q", "kind", "type", "audience", "topic", "year", "page", "sort", "useful"),
    "/en/clubs-near-you/": (*SearchForm.base_fields, "page", "show", "shortlist"),
    "/en/clubs-near-you/shortlist/": ("shortlist", "s", "id"),
    "/en/whats-on/": ("audience", "month", "year", "day", "kind", "page", "q", "from", "until", "free", "online"),
    "/en/news/": ("page", "year", "topic"),
    "/en/events/": ("page", "month", "year", "audience"),
    "/en/surveys/test/autumn/results/": ("level", "year", "page", "by", "width"),
    "/o/services": (*PAGING, *sorted(OF_PLACES)),
    "/o/service_at_locations": (*PAGING, *sorted(OF_PLACES)),
    "/o/taxonomy_terms": (*PAGING, "taxonomy_id"),
}  # fmt: skip


def names_read():
    """Every parameter that a view of ours asks for."""
    found = set()
    for folder in ("home", "community", "surveys", "site/foundation"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= {name for names in READS.findall(path.read_text()) for name in names if name}
    return sorted({*found, *settings.PAGE_CACHE_QUERY, *SearchForm.base_fields})


def public_patterns():
    return {name: pattern for name, pattern in patterns() if not pattern.startswith(("admin/", "media/"))}


def address_of(pattern):
    return f"/en{filled(pattern)}" if pattern.startswith("^") else filled(pattern)


@pytest.fixture
def quiet_client():
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def lived_in(monkeypatch):
    """Something to find behind most addresses; nobody is sent away for asking often."""
    monkeypatch.setattr("foundation.forms.limits.is_within", lambda *_given: True)
    monkeypatch.setattr("community.opendata.answers.is_within", lambda *_given: True)
    home = a_home_page()
    a_page(NewsPage, under=a_page(NewsIndexPage, under=home, slug="news"), slug="one")
    a_page(EventPage, under=a_page(EventIndexPage, under=home, slug="events"), slug="one", starts_at=timezone.now())
    make_listing(name="Invented Club", slug="invented-club")
    fill(make_release())


def faults_of(answers):
    return [(name, answer.status_code) for name, answer in answers if answer.status_code >= 500]


def test_the_parameters_are_found():
    assert {"q", "page", "sort", "near", "per_page"} <= set(names_read())


@pytest.mark.parametrize("kind", KINDS)
def test_no_parameter_breaks_a_public_page(quiet_client, kind):
    """All parameters of the site at once, at every address."""
    query = "&".join(f"{name}={VALUES[kind]}" for name in names_read())
    answers = [
        (name, quiet_client.get(address_of(pattern), QUERY_STRING=query)) for name, pattern in public_patterns().items()
    ]
    assert len(answers) > 120
    assert faults_of(answers) == []
    assert [
        name for name, answer in answers if "Set-Cookie" in answer.headers and "x=1" in answer.headers["Set-Cookie"]
    ] == []


@pytest.mark.parametrize("path", SEARCHING)
def test_no_single_parameter_breaks_a_page_that_searches(quiet_client, path):
    """One at a time, for the first bad one of several may hide the next."""
    asked = [f"{name}={value}" for name in SEARCHING[path] for value in (VALUES[kind] for kind in KINDS)]
    asked += ["page=1&page=2", "q[]=a&q[b]=c", "q", "&&=&", "q=a;page=2", "%", "page=%"]
    assert faults_of([(query, quiet_client.get(path, QUERY_STRING=query)) for query in asked]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_part_of_an_address_breaks_a_page(quiet_client, kind):
    answers = []
    for name, pattern in public_patterns().items():
        pieces, given = filled(pattern)[1:].split("/"), pattern.split("/")
        language = "/en/" if pattern.startswith("^") else "/"
        for place in [place for place, (one, other) in enumerate(zip(given, pieces, strict=False)) if one != other]:
            address = language + "/".join([*pieces[:place], VALUES[kind], *pieces[place + 1 :]])
            answers.append((name, quiet_client.get("/", PATH_INFO=_decoded(address))))
    assert len(answers) > 60
    assert faults_of(answers) == []


def _decoded(address):
    """The path as a server hands it on: bytes, read as Latin-1."""
    return re.sub("%([0-9a-f]{2})", lambda two: chr(int(two[1], 16)), address)


BODIES = {
    "deep": "[" * 200_000, "deep and closed": "[" * 20_000 + "]" * 20_000, "a list": "[]", "a number": "1", "null": "null", "NaN": "NaN",
    "a huge number": '{"version": ' + "9" * 5_000 + "}", "a NUL": json.dumps({"code": "a\0b"}), "a surrogate": '{"code": "\\ud800"}',
    "wrong kinds": json.dumps({"code": [], "version": {}, "nonce": 1, "slip": None, "answers": "x"}),
    "wrong answers": json.dumps({"code": "a", "version": 1, "nonce": "x", "slip": "", "answers": {"A": {"b": [1]}, "": 10**40}}),
}  # fmt: skip


@pytest.mark.parametrize("kind", BODIES)
def test_no_body_breaks_the_taking_of_answers(quiet_client, kind):
    answer = quiet_client.post("/s/send/", BODIES[kind], content_type="application/json")
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_of_the_public_breaks(quiet_client, kind):
    fields = {*names_read(), "code", "email", "message", "name", "token", "about", "text", "answer"}
    body = "&".join(f"{name}={VALUES[kind]}" for name in sorted(fields))
    answers = [
        (name, quiet_client.post(address_of(pattern), body, content_type="application/x-www-form-urlencoded"))
        for name, pattern in public_patterns().items()
    ]
    assert faults_of(answers) == []


@pytest.mark.parametrize("kind", ["a huge number", "broken UTF-8"])
def test_no_parameter_breaks_a_page_of_the_admin(quiet_client, kind):
    sign_in(quiet_client, holder_of("Administrator"))
    query = "&".join(f"{name}={VALUES[kind]}" for name in [*names_read(), "p", "ordering", "locale", "index_results"])
    ours = {
        name: pattern for name, pattern in patterns()
        if re.match(r"admin/(registry|surveys|newsletter|outreach|people|reports/(counts|audit)|programme)", pattern)
    }  # fmt: skip
    answers = [(name, quiet_client.get(filled(pattern), QUERY_STRING=query)) for name, pattern in ours.items()]
    assert faults_of(answers) == []


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "DELETE", "PUT"])
def test_methods_that_nobody_needs_are_refused(method):
    client = Client(enforce_csrf_checks=True)
    for path in ("/en/", "/en/search/", "/o/services", "/s/", "/accounts/login/"):
        answer = client.generic(method, path, headers={"x-secret": "never-echoed"})
        assert answer.status_code in {403, 405}, (method, path, answer.status_code)
        assert b"never-echoed" not in answer.content
