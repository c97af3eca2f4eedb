"""The demonstration's questionnaire, as a partnership finds it."""

import pytest

from surveys.demo.questionnaire import load_demo_questionnaire
from surveys.models import Version
from surveys.questionnaire.document import compile_document
from surveys.questionnaire.enums import QuestionKind, VersionState
from surveys.questionnaire.reading import questions_for
from surveys.questionnaire.services.versions import freeze_version


@pytest.fixture
def documents(db):
    load_demo_questionnaire()
    return {v.questionnaire.phase: compile_document(v) for v in Version.objects.all()}


def texts_of(block):
    """Every `{language: words}` in a document."""
    if isinstance(block, dict):
        if isinstance(block.get("en"), str):
            yield block
        else:
            for value in block.values():
                yield from texts_of(value)
    elif isinstance(block, list):
        for value in block:
            yield from texts_of(value)


def test_loading_twice_adds_nothing_twice(db):
    assert load_demo_questionnaire() == 2
    assert load_demo_questionnaire() == 0
    assert load_demo_questionnaire(refresh=True) == 2
    assert {v.state for v in Version.objects.all()} == {VersionState.REVIEWED}


def test_a_version_that_a_wave_uses_is_never_written_anew(db):
    load_demo_questionnaire()
    for version in Version.objects.all():
        freeze_version(version=version)
    assert load_demo_questionnaire(refresh=True) == 0


def test_about_sixty_questions_over_seven_topics(documents):
    for year in (7, 8, 9, 10, 11):
        assert 55 <= len(questions_for(documents["secondary"], year)) <= 75
    for year in (4, 5, 6):
        assert 35 <= len(questions_for(documents["primary"], year)) <= 55
    topics = {section["topic"] for section in documents["secondary"]["sections"]}
    assert len(topics - {"about-you"}) == 7


def test_every_kind_of_question_is_there_and_none_asks_for_text(documents):
    for document in documents.values():
        kinds = {question["kind"] for section in document["sections"] for question in section["questions"]}
        assert kinds == set(QuestionKind.values) - {QuestionKind.TEXT}


def test_every_text_is_there_in_arabic_and_bengali(documents):
    for document in documents.values():
        missing = [text["en"] for text in texts_of(document) if len(set(text.values())) < 3]
        assert missing == []


def test_sex_is_not_asked_about_before_year_9_and_sexual_health_only_of_year_10(documents):
    topics = {
        year: {s["topic"] for s in documents["secondary"]["sections"] if not s["years"] or year in s["years"]}
        for year in (8, 9, 11)
    }
    assert "relationships" not in topics[8]
    assert "relationships" in topics[9]
    in_year_10 = {q["code"] for q in questions_for(documents["secondary"], 10)}
    in_year_11 = {q["code"] for q in questions_for(documents["secondary"], 11)}
    assert {"SEX_ADVICE", "SELF_HARM"} <= in_year_10 - in_year_11
