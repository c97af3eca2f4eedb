"""However many things have a word, a search sorts and counts no more than `MOST` of them, and says so."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from foundation.cache import kept
from home.models import InformationPage
from home.search import selectors
from home.search.engines import engine
from home.search.filters import Filters
from home.search.models import Entry


@pytest.fixture
def many(site, monkeypatch):
    """Twelve entries of guidance with the word "tadpole", a policy of 1999 that has it but once, and a limit of five."""
    monkeypatch.setattr(selectors, "MOST", 5)

    def add(place, text, **facts):
        page = site.add_child(instance=InformationPage(title=f"Pond {place}", slug=f"pond-{place}"))
        words = {"title": "Pond", "summary": "", "headings": "", "text": text}
        entry = Entry.objects.create(page=page, language="en", url=f"/p{place}/", **words, **facts)
        engine().store(entry.pk, language="en", **words)

    for place in range(12):
        text = "tadpole " * (12 - place) + "pond " * place
        add(place, text, kind="guidance", audiences="|parents|", date=date(2020, 1, 1 + place))
    text = "frog " * 300 + "tadpole"
    add(12, text, kind="policy", audiences="|professionals|", date=date(1999, 1, 1), shows_date=True)
    kept.forget_everything()


def urls(response):
    return [hit.url for hit in response.context["found"].hits]


def test_the_best_are_shown_and_the_page_says_that_there_are_more(many, ask):
    response = ask(q="tadpole")
    assert urls(response) == ["/p0/", "/p1/", "/p2/", "/p3/", "/p4/"]
    assert "More than 5 results with “tadpole”" in response.text_
    assert "These are the first 5. Add a word, or make a choice above, to find the rest." in response.text_


def test_no_choice_pretends_to_know_how_many_it_leaves_and_none_is_missing(many, ask):
    response = ask(q="tadpole")
    lists = {
        one.name: {choice.value: choice.count for choice in one.choices} for one in response.context["filter_lists"]
    }
    assert lists["audience"] == {"parents": None, "professionals": None}
    assert lists["year"]["1999"] is None
    assert "Parents and carers</option>" in response.text_


def test_a_choice_is_looked_for_among_all_of_them(many, ask):
    response = ask(q="tadpole", year="1999")
    assert urls(response) == ["/p12/"]
    assert "1 result from 1999 with “tadpole”" in response.text_
    assert urls(ask(q="tadpole", type="document", audience="professionals")) == ["/p12/"]
    assert urls(ask(q="tadpole", audience="profession_ls")) == []


def test_the_newest_are_the_newest_of_all(many, ask):
    assert urls(ask(q="tadpole", sort="newest")) == [f"/p{place}/" for place in (11, 10, 9, 8, 7)]


def test_choices_that_leave_nothing_can_be_taken_away(many, ask):
    response = ask(q="tadpole", year="1850", type="news")
    assert "Take your choices away to see all results" in response.text_


def test_five_are_counted_as_ever(many, ask):
    response = ask(q="frog")
    assert "1 result with “frog”" in response.text_
    assert "These are the first" not in response.text_


def test_a_wide_search_stays_within_its_queries(many, ask):
    ask(q="tadpole", year="1999")
    with CaptureQueriesContext(connection) as captured:
        ask(q="tadpole", year="1999", sort="newest")
    assert len(captured) <= 12


def test_the_readers_language_comes_before_a_better_fit_in_english(many):
    entry = Entry.objects.get(url="/p12/")
    Entry.objects.filter(pk=entry.pk).update(language="bn")
    engine().store(entry.pk, language="bn", title="Pond", summary="", headings="", text="tadpole " + "frog " * 300)
    with translation.override("bn"):
        found = selectors.find(Filters(query="tadpole"), with_providers=False)
    assert found.is_more
    assert found.hits[0].language == "bn"
