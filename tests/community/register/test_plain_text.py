"""What is left of pasted text: the words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.register.plain_text import plain


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<b>Bold</b> and <a href='https://x.example/'>a link</a>", "Bold and a link"),
        ("“Quotes” – ‘stay’ …", "“Quotes” – ‘stay’ …"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("a\x00b\x07c", "abc"),
        ("\u202egnp.exe", "gnp.exe"),
        ("one\r\n\r\n\r\n\r\ntwo", "one\n\ntwo"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("7 < 8", "7 < 8"),
        ("if a<b then stop", "if a<b then stop"),
        ("·   A point", "• A point"),
        ("نادي كرة القدم", "نادي كرة القدم"),
        ("col·lecció", "col·lecció"),
    ],
)
def test_the_words_stay(pasted, words):
    assert plain(pasted) == words


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_plain_text_stays_as_it_is_once_it_is_plain_and_holds_no_control_character(text):
    once = plain(text)
    assert not any(ord(char) < 32 and char not in "\n\t" for char in once)
    assert "\u202e" not in once
