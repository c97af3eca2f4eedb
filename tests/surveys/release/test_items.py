"""What a release counts: items of questions, rows and options, with their bands and routes."""

import pytest

from surveys.errors import SurveyError
from surveys.release.items import items_of

from .waves import QUESTIONS, document, question

POSITIONS = [
    ["SEX", ""], ["FSM", ""], ["SAFE", ""], ["TOLD", ""], ["HOURS", ""],
    ["LIKES", "1"], ["LIKES", "2"], ["LIKES", "3"], ["ASK", "mum"], ["ASK", "nurse"],
]  # fmt: skip


def by_key(documents):
    return {item["key"]: item for item in items_of(documents, POSITIONS)}


def test_every_place_of_the_codebook_is_an_item():
    keys = [item["key"] for item in items_of([document()], POSITIONS)]

    assert keys == [
        "SEX", "FSM", "SAFE", "TOLD", "HOURS", "LIKES.1", "LIKES.2", "LIKES.3", "ASK.mum", "ASK.nurse",
    ]  # fmt: skip


def test_numbers_stand_in_the_bands_that_the_question_names():
    bands = by_key([document()])["HOURS"]["answers"]

    assert [(band["text"]["en"], band["codes"]) for band in bands] == [
        ("0–5 hours", [0, 1, 2, 3, 4, 5]),
        ("6–8 hours", [6, 7, 8]),
        ("9+ hours", list(range(9, 25))),
    ]


def test_many_numbers_without_bands_are_put_into_five():
    wide = question("HOURS", kind="number", number={"min": 0, "max": 24, "unit": {}, "bands": []})
    bands = by_key([document([wide])])["HOURS"]["answers"]

    assert len(bands) == 5
    assert sum(len(band["codes"]) for band in bands) == 25


def test_few_numbers_without_bands_stand_one_by_one():
    few = question("HOURS", kind="number", number={"min": 0, "max": 7, "unit": {"en": "days"}, "bands": []})

    assert [band["text"]["en"] for band in by_key([document([few])])["HOURS"]["answers"]][:2] == ["0 days", "1 days"]


def test_a_routed_question_knows_the_answers_that_lead_to_it():
    told = by_key([document()])["TOLD"]

    assert (told["parent"], told["route"], told["is_routed"]) == ("SAFE", ["1"], True)


def test_a_route_from_one_option_of_choose_all_leads_from_that_option():
    routed = [*QUESTIONS[:3], QUESTIONS[5], question("TOLD", "Yes", "No", shown_if={"code": "LIKES", "values": [2]})]
    positions = [["SAFE", ""], ["LIKES", "1"], ["LIKES", "2"], ["LIKES", "3"], ["TOLD", ""]]
    told = {item["key"]: item for item in items_of([document(routed)], positions)}["TOLD"]

    assert (told["parent"], told["route"]) == ("LIKES.2", ["picked"])


def test_a_route_from_a_part_of_a_band_ties_no_figures():
    routed = [QUESTIONS[4], question("TOLD", "Yes", shown_if={"code": "HOURS", "values": [7]})]
    told = {item["key"]: item for item in items_of([document(routed)], [["HOURS", ""], ["TOLD", ""]])}["TOLD"]

    assert told["parent"] is None
    assert told["is_routed"]


def test_phases_that_ask_the_same_question_share_an_item():
    primary = document([question("SAFE", "Never", "Sometimes", "Always")]) | {"phase": "primary", "years": [5, 6]}
    item = by_key([primary, document()])["SAFE"]

    assert item["phases"] == ["primary", "secondary"]
    assert item["years"] == [5, 6, 8, 10]


def test_one_code_with_two_meanings_is_refused():
    number = question("SAFE", kind="number", number={"min": 0, "max": 5, "unit": {}, "bands": []})

    with pytest.raises(SurveyError, match="means different things"):
        items_of([document([number]), document()], POSITIONS)
