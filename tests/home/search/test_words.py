"""Cutting a query into words, marking, excerpts, spelling: no database needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.search.excerpts import excerpt, marked, stems_of
from home.search.words import Term, stem, terms, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Child's play", ["child", "play"]),
        ("Self-harm", ["self", "harm"]),
        ("SECTION 47", ["section", "47"]),
        ("বাংলা নিরাপদ", ["বাংলা", "নিরাপদ"]),
        ("ﬁle", ["file"]),
        ("a\x00b", ["a", "b"]),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


def test_small_words_go_unless_they_are_all_there_is():
    assert [str(term) for term in terms("what is the annual report")] == ["annual", "report"]
    assert [str(term) for term in terms("the")] == ["the"]


def test_quotes_make_a_phrase_and_known_phrases_stay_together():
    assert terms('"annual report" 2024') == [Term(("annual", "report"), is_phrase=True), Term(("2024",))]
    same = {("section", "47"): (("s47",),)}
    assert terms("what is section 47", same) == [Term(("section", "47"), is_phrase=True, same=(("s47",),))]


def test_relatives_share_a_stem():
    assert stem("safeguarding") == stem("safeguarded") == "safeguard"


def test_marks_whole_words_only_and_escapes_everything():
    assert marked("<b>Bully</b> & bullying", stems_of([Term(("bully",))])) == (
        "&lt;b&gt;<mark>Bully</mark>&lt;/b&gt; &amp; <mark>bullying</mark>"
    )
    assert "<mark>" not in marked("a day", stems_of([Term(("da",))]))


@given(text=st.text(max_size=300), word=st.text(min_size=1, max_size=12))
def test_marking_changes_nothing_but_marks(text, word):
    from django.utils.html import escape

    out = marked(text, stems_of([Term(tuple(tokens(word) or ["x"]))]))
    assert out.replace("<mark>", "").replace("</mark>", "") == escape(text)


def test_an_excerpt_shows_the_passage_round_the_word():
    text = "start " * 100 + "the pangolin sleeps " + "end " * 100
    shown = excerpt(summary="About animals", text=text, terms=[Term(("pangolin",))])
    assert "<mark>pangolin</mark> sleeps" in shown
    assert shown.startswith("… ")
    assert len(shown) < 260


def test_the_summary_is_shown_when_it_has_the_word_or_the_text_has_none():
    assert excerpt(summary="A pangolin", text="pangolin", terms=[Term(("pangolin",))]) == "A <mark>pangolin</mark>"
    assert excerpt(summary="About animals", text="nothing", terms=[Term(("pangolin",))]) == "About animals"
