"""Answers become small integers at fixed places; what no page offers is refused."""

import pytest

from surveys.codes import Missing
from surveys.collection.encoding import LONGEST_TEXT, boxes_of, encode, grow, positions_of, texts_of
from surveys.errors import AnswersRefused

from .conftest import document, question

NONE, PREFER, NOT_ASKED = (int(missing) for missing in Missing)
ASKED = document(
    question("SLEEP"),
    question("HELPED", shown_if={"code": "SLEEP", "values": [2]}),
    question("CLUBS", "choose-all"),
    question("MEALS", "grid"),
    question("HOURS", "number"),
    question("LOVE", years=[10], prefer_not=False),
    question("WORDS", "text"),
)
ASKED["sections"][0]["questions"][2]["options"][2]["kind"] = "none"
PLACES = positions_of(ASKED)


def coded(answers, year_group=8):
    return encode(document=ASKED, positions=PLACES, year_group=year_group, answers=answers)


def test_each_kind_has_its_places():
    assert PLACES == [
        ["SLEEP", ""], ["HELPED", ""], ["CLUBS", "1"], ["CLUBS", "2"], ["CLUBS", "3"], ["MEALS", "lunch"],
        ["MEALS", "tea"], ["HOURS", ""], ["LOVE", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "row"),
    [
        ({}, [NONE, NOT_ASKED, NONE, NONE, NONE, NONE, NONE, NONE, NOT_ASKED]),
        ({"SLEEP": 2, "HELPED": 1}, [2, 1, NONE, NONE, NONE, NONE, NONE, NONE, NOT_ASKED]),
        ({"SLEEP": 2}, [2, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NOT_ASKED]),
        ({"SLEEP": 1, "HELPED": 1}, [1, NOT_ASKED, NONE, NONE, NONE, NONE, NONE, NONE, NOT_ASKED]),
        ({"SLEEP": -2, "CLUBS": -2}, [-2, NOT_ASKED, -2, -2, -2, NONE, NONE, NONE, NOT_ASKED]),
        ({"CLUBS": [2, 1]}, [NONE, NOT_ASKED, 1, 1, 0, NONE, NONE, NONE, NOT_ASKED]),
        ({"CLUBS": [], "HOURS": None}, [NONE, NOT_ASKED, NONE, NONE, NONE, NONE, NONE, NONE, NOT_ASKED]),
        ({"MEALS": {"tea": -2}}, [NONE, NOT_ASKED, NONE, NONE, NONE, NONE, -2, NONE, NOT_ASKED]),
        ({"MEALS": -2, "HOURS": 0}, [NONE, NOT_ASKED, NONE, NONE, NONE, -2, -2, 0, NOT_ASKED]),
    ],
)
def test_answers_stand_at_their_places(answers, row):
    assert coded(answers) == row


@pytest.mark.parametrize(
    "answers",
    [
        {"SLEEP": 4}, {"SLEEP": "1"}, {"SLEEP": 1.0}, {"SLEEP": True}, {"SLEEP": -1}, {"SLEEP": -3}, {"SLEEP": [1]},
        {"CLUBS": [1, 3]}, {"CLUBS": [1, 1]}, {"CLUBS": [9]}, {"CLUBS": 1}, {"CLUBS": ["1"]}, {"CLUBS": [True]},
        {"MEALS": {"dinner": 1}}, {"MEALS": {"tea": 9}}, {"MEALS": [1]}, {"HOURS": 1000}, {"HOURS": -5},
        {"LOVE": 1}, {"WORDS": "text"}, {"OTHER": 1}, {"SLEEP": {"a": {}}}, [1], "SLEEP", None,
    ],
)  # fmt: skip
def test_what_no_page_offers_is_refused(answers):
    with pytest.raises(AnswersRefused):
        coded(answers)


def test_a_question_without_prefer_not_to_say_refuses_it():
    assert coded({"LOVE": 1}, year_group=10)[-1] == 1
    with pytest.raises(AnswersRefused):
        coded({"LOVE": -2}, year_group=10)


def test_the_codebook_only_grows():
    corrected = document(question("NEW"), question("SLEEP"), question("CLUBS", "choose-all"))
    corrected["sections"][0]["questions"][2]["options"].append(
        {"value": 4, "text": {}, "symbol": "", "kind": "ordinary"}
    )
    grown = grow(PLACES, corrected)
    assert grown[: len(PLACES)] == PLACES
    assert grown[len(PLACES) :] == [["NEW", ""], ["CLUBS", "4"]]
    assert grow(grown, corrected) == grown


def test_texts_are_taken_out_and_go_another_way():
    rest, texts = texts_of(boxes_of(ASKED), {"SLEEP": 1, "WORDS": " More benches\x00 "})
    assert (rest, texts) == ({"SLEEP": 1}, {"WORDS": "More benches"})
    assert texts_of(boxes_of(ASKED), {"WORDS": "  "}) == ({}, {})
    assert texts_of(boxes_of(ASKED), {"WORDS": -2}) == ({}, {})


@pytest.mark.parametrize("text", ["x" * (LONGEST_TEXT + 1), 7, ["a"], {}])
def test_a_text_that_is_too_long_or_none_is_refused(text):
    with pytest.raises(AnswersRefused):
        texts_of(boxes_of(ASKED), {"WORDS": text})
