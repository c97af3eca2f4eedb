"""What a search finds, and what it says it did."""

import pytest

from home.search.models import Entry


def titles(response):
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in response.context["found"].hits]


def test_a_page_is_found_by_its_title_and_its_words_are_marked(ask):
    response = ask(q="grooming")
    assert titles(response)[0] == "Grooming: what to look for"
    assert "<mark>Grooming</mark>: what to look for" in response.text_
    assert 'href="/en/parents/grooming/"' in response.text_


def test_a_page_is_found_by_a_word_of_its_text_and_the_passage_is_shown_escaped(ask):
    response = ask(q="silence")
    assert titles(response) == ["Grooming: what to look for"]
    assert "phone &amp; ask for <mark>silence</mark>" in response.text_


@pytest.mark.parametrize(
    ("typed", "meant", "title"),
    [
        ("safegarding", "safeguarding", "Grooming: what to look for"),
        ("gromming", "grooming", "Grooming: what to look for"),
        ("anual report", "annual report", "Annual report 2024"),
        ("annualreport", "annual report", "Annual report 2024"),
        ("onlien", "online", "Online life"),
    ],
)
def test_a_slip_of_the_finger_is_put_right_and_said(ask, typed, meant, title):
    response = ask(q=typed)
    assert title in titles(response)
    assert response.context["found"].is_corrected
    assert f"Nothing has “{typed}”" in response.text_
    assert f"<strong>{meant}</strong>" in response.text_


@pytest.mark.parametrize("typed", ["LADO", "lado", "local authority designated officer", '"designated officer"'])
def test_a_short_form_finds_the_long_one_and_the_other_way(ask, typed):
    assert titles(ask(q=typed)) == ["When staff do wrong"]


def test_the_words_of_a_file_lead_to_the_page_of_its_document(ask):
    response = ask(q="zebra")
    assert sorted(titles(response)) == ["Annual report 2020", "Annual report 2024"]
    assert "/en/documents/annual-report-2024/" in response.text_
    assert "PDF, 1.2" in response.text_


def test_a_word_is_found_by_its_beginning_and_by_its_relatives(ask):
    assert "Grooming: what to look for" in titles(ask(q="groom"))
    assert "Grooming: what to look for" in titles(ask(q="groomed"))


def test_when_nothing_has_all_words_those_with_some_are_shown_and_it_says_so(ask):
    response = ask(q="silence zebra")
    assert "Nothing has all of your words" in response.text_
    assert len(titles(response)) == 3


def test_filters_narrow_and_the_sentence_says_what_they_did(ask):
    response = ask(q="report", type="document", audience="professionals", year="2024")
    assert titles(response) == ["Annual report 2024"]
    assert "1 document for professionals from 2024 with “report”" in response.text_


def test_filters_alone_list_everything_of_that_kind_newest_first(ask):
    response = ask(type="document")
    assert titles(response) == ["Annual report 2024", "Annual report 2020"]
    assert "2 documents" in response.text_


def test_the_choices_count_what_they_would_leave(ask):
    response = ask(q="report", year="2024")
    years = next(item for item in response.context["filter_lists"] if item.name == "year")
    assert {choice.value: choice.count for choice in years.choices} == {"2020": 1, "2024": 1}
    types = next(item for item in response.context["filter_lists"] if item.name == "type")
    assert {choice.value: choice.count for choice in types.choices} == {"document": 1}


def test_each_filter_can_be_taken_off_by_a_link(ask):
    response = ask(q="report", type="document", year="2024")
    assert {chip.label: chip.url for chip in response.context["chips"]} == {
        "Documents": "?q=report&year=2024",
        "2024": "?q=report&type=document",
    }
    assert 'href="?q=report&amp;year=2024#results"' in response.text_


def test_newest_first_sorts_by_date(ask):
    assert titles(ask(q="report", sort="newest"))[:2] == ["Annual report 2024", "Annual report 2020"]


def test_nothing_found_offers_a_way_on(ask):
    response = ask(q="xylophone quartet")
    assert "Nothing found this time" in response.text_
    assert "Check the spelling" in response.text_
    assert "0800 1111" in response.text_


def test_filters_that_leave_nothing_offer_to_go(ask):
    response = ask(q="grooming", year="1999")
    assert "Take your choices away to see 1 result" in response.text_


def test_the_page_is_not_indexed_sets_no_cookie_and_varies_on_nothing_personal(ask):
    response = ask(q="grooming")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in response.text_


def test_a_replaced_document_comes_last_and_says_so(ask, site):
    from home.models import DocumentPage
    from home.search.services import rebuild

    old, new = DocumentPage.objects.order_by("published_on")
    new.superseded_by = old
    new.save()
    rebuild()
    response = ask(q="annual report")
    assert titles(response) == ["Annual report 2020", "Annual report 2024"]
    assert "Replaced by a newer one" in response.text_


def test_number_of_queries_does_not_grow_with_the_hits(ask, site, django_assert_max_num_queries):
    ask(q="report")
    with django_assert_max_num_queries(12):
        ask(q="report")
    base = Entry.objects.first()
    from home.models import ResourcePage
    from home.search.services import rebuild

    parent = ResourcePage.objects.first().get_parent()
    for number in range(60):
        parent.add_child(instance=ResourcePage(title=f"Report {number}", slug=f"r{number}", locale=parent.locale))
    rebuild()
    assert base
    with django_assert_max_num_queries(12):
        response = ask(q="report", page="3")
    assert response.context["found"].total > 60


def test_the_queries_of_a_search_without_hits_stay_within_the_budget(ask, django_assert_max_num_queries):
    ask(q="grooming")
    with django_assert_max_num_queries(12):
        ask(q="grommingg xylofone kwartet wibble")
