"""What a machine marks for a human."""

import pytest

from surveys.texts.marks import Mark, marks_in, pieces_of


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("my name is luca", Mark.NAME),
        ("I told Mr Brown", Mark.NAME),
        ("text me on 07700 900123", Mark.PHONE),
        ("add @some.kid", Mark.HANDLE),
        ("my insta is coolkid_99", Mark.HANDLE),
        ("write to kid@mail.example", Mark.EMAIL),
        ("i live at NW1 7AB", Mark.POSTCODE),
        ("I go to Acorn Primary School", Mark.SCHOOL),
        ("i am in year 6", Mark.SCHOOL),
        ("i want to die", Mark.HARM),
        ("she self harms", Mark.HARM),
        ("self-harming is common", Mark.HARM),
        ("my uncle hits me", Mark.HARM),
        ("there is a gang", Mark.HARM),
    ],
)
def test_what_could_point_to_a_child_is_marked(text, mark):
    assert mark in marks_in(text)


@pytest.mark.parametrize("text", ["More benches in the park please.", "Longer lunch. Better toilets.", "", "12 goals!"])
def test_plain_wishes_are_not_marked(text):
    assert marks_in(text) == []


@pytest.mark.parametrize("text", ["", "Mr Brown, NW1 7AB and @kid", "i want to die, my name is luca"])
def test_the_pieces_are_the_text(text):
    assert "".join(piece.text for piece in pieces_of(text)) == text
