"""The documents page is the search, kept to documents."""

import pytest
from django.http import QueryDict

from foundation.registries.search import SearchHit, SearchProvider, search_providers
from home.search import library
from home.search.filters import Filters


def read(query_string):
    return library.documents(Filters.read(QueryDict(query_string)))


def test_it_lists_documents_only_newest_first(site):
    context = read("")
    assert context["sentence"] == "2 documents"
    assert [hit.url for hit in context["found"].hits] == [
        "/en/documents/annual-report-2024/",
        "/en/documents/annual-report-2020/",
    ]
    assert not context["has_filters"]


def test_its_addresses_do_not_repeat_the_type(site):
    context = read("year=2024&q=report&type=news")
    assert context["sentence"] == "1 document from 2024 with “report”"
    assert [chip.url for chip in context["chips"]] == ["?q=report"]
    assert context["base_query"] == "q=report&year=2024"


def test_taking_choices_away_counts_documents_only(site):
    assert read("year=1999")["found"].without_filters == 2


def test_the_page_itself(site, client):
    body = client.get("/en/documents/?kind=report").content.decode()
    assert "2 reports" in body
    assert "Annual report 2020" in body


@pytest.fixture
def clubs(monkeypatch):
    entries = {}
    monkeypatch.setattr(search_providers, "_entries", entries)

    def add(find):
        search_providers.register("clubs", SearchProvider(kind="club", label="Clubs and classes", find=find))

    return add


def test_other_rooms_are_found_and_counted(ask, clubs):
    clubs(
        lambda words, limit: [
            SearchHit(title="Report writers", url="/en/clubs/1/", summary="A club.", kind="Club", score=0.9)
        ]
    )
    response = ask(q="report")
    assert "/en/clubs/1/" in response.text_
    assert "Clubs and classes (1)" in response.text_
    only = ask(q="report", type="club")
    assert [hit.url for hit in only.context["found"].hits] == ["/en/clubs/1/"]
    assert "Clubs and classes: 1 with “report”" in only.text_


def test_a_room_that_breaks_is_named_and_the_rest_stands(ask, clubs, caplog):
    def broken(words, limit):
        raise RuntimeError("no")

    clubs(broken)
    response = ask(q="zebra")
    assert response.context["found"].total == 2
    assert "Clubs and classes could not be searched just now" in response.text_
    assert "zebra" not in caplog.text
