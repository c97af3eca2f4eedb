"""A version as one document, and reading it."""

import json

import pytest

from surveys.questionnaire.document import compile_document
from surveys.questionnaire.reading import (
    asked_questions,
    is_asked,
    questions_for,
    sections_for,
    words,
)
from tests.factories.questionnaire import every_kind_of_question


@pytest.fixture
def document(db):
    return compile_document(every_kind_of_question())


def codes(questions):
    return [question["code"] for question in questions]


def test_the_document_is_json_with_everything_in_the_order_in_which_it_is_asked(document):
    assert json.loads(json.dumps(document)) == document
    assert document["years"] == [8, 10]
    assert document["languages"] == ["en", "ar"]
    assert [section["key"] for section in document["sections"]] == ["sleep", "love"]
    assert codes(document["sections"][0]["questions"]) == ["SLEEP", "HELPED", "CLUBS", "MEALS", "HOURS"]


def test_a_text_is_given_in_its_translation_and_in_english_where_there_is_none(document):
    sleep, helped = document["sections"][0]["questions"][:2]
    assert sleep["text"] == {"en": "Did you sleep well?", "ar": "هل نمت جيدا؟"}
    assert helped["text"] == {"en": "Did somebody help?", "ar": "Did somebody help?"}
    assert sleep["help"] == {}


def test_each_kind_carries_what_it_needs(document):
    by_code = {question["code"]: question for question in document["sections"][0]["questions"]}
    assert [(option["value"], option["kind"]) for option in by_code["CLUBS"]["options"]] == [
        (1, "ordinary"),
        (2, "ordinary"),
        (9, "none"),
    ]
    assert [row["key"] for row in by_code["MEALS"]["rows"]] == ["lunch", "tea"]
    assert by_code["HOURS"]["number"]["unit"]["en"] == "hours"
    assert by_code["SLEEP"]["number"] is None
    assert by_code["HELPED"]["shown_if"] == {"code": "SLEEP", "values": [2]}


def test_compiling_asks_the_database_the_same_few_times_whatever_the_size(db, django_assert_max_num_queries):
    version = every_kind_of_question()
    with django_assert_max_num_queries(9):
        compile_document(version)


def test_a_year_group_sees_its_own_sections_only(document):
    assert [section["key"] for section in sections_for(document, 8)] == ["sleep"]
    assert codes(questions_for(document, 10)) == ["SLEEP", "HELPED", "CLUBS", "MEALS", "HOURS", "LOVE"]
    assert sections_for(document, 9) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (2, True),
        (1, False),
        (-2, False),
        (None, False),
        ([1, 2], True),
        ([1], False),
        ({"row": 2}, False),
        ("2", False),
    ],
)
def test_a_question_follows_from_the_answer_before_it(document, answer, expected):
    helped = questions_for(document, 8)[1]
    assert is_asked(helped, {"SLEEP": answer}) is expected


def test_a_question_without_a_rule_is_always_asked(document):
    assert is_asked(questions_for(document, 8)[0], {})


def test_an_answer_left_over_from_a_question_that_is_no_longer_asked_leads_to_nothing(document):
    third = document["sections"][0]["questions"][4]
    third["shown_if"] = {"code": "HELPED", "values": [1]}
    kept = {"SLEEP": 1, "HELPED": 1}
    assert "HOURS" not in codes(asked_questions(document, 8, kept))
    assert "HOURS" in codes(asked_questions(document, 8, {**kept, "SLEEP": 2}))


def test_words_fall_back_to_english_and_then_to_nothing():
    assert words({"en": "Yes", "ar": "نعم"}, "ar") == "نعم"
    assert words({"en": "Yes"}, "so") == "Yes"
    assert words({}, "so") == ""
