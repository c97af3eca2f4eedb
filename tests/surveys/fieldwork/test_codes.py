"""Class codes as children type them."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.fieldwork.codes import WORDS, mend, new_code, normalise

CODE = "badge-lemon-river-42"
PLAIN = st.sampled_from(WORDS)


def test_there_are_1024_plain_words_in_order():
    assert len(set(WORDS)) == 1024
    assert list(WORDS) == sorted(WORDS)
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 9 for word in WORDS)


def test_no_word_is_one_letter_away_from_another():
    known = set(WORDS)
    letters = "abcdefghijklmnopqrstuvwxyz"
    for word in WORDS:
        near = {word[:i] + c + word[i + 1 :] for i in range(len(word)) for c in letters}
        near |= {word[:i] + word[i + 1 :] for i in range(len(word))}
        near |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
        assert near & known <= {word}, word


@pytest.mark.parametrize(
    ("one", "other"), [("flower", "flour"), ("bear", "bare"), ("sail", "sale"), ("whale", "wail"), ("hair", "hare")]
)
def test_no_word_sounds_like_another(one, other):
    assert not {one, other} <= set(WORDS)


def test_nothing_rude_or_frightening_or_of_a_family_is_in_the_list():
    assert not {"mother", "father", "brother", "sister", "uncle", "ghost", "spider", "knife", "beaver", "secret"} & {
        *WORDS
    }


def test_a_new_code_is_three_words_and_two_digits():
    for _each in range(200):
        *words, digits = new_code().split("-")
        assert len(words) == 3
        assert set(words) <= set(WORDS)
        assert len(digits) == 2
        assert digits.isdigit()


def test_codes_do_not_repeat():
    assert len({new_code() for _each in range(2000)}) == 2000


@pytest.mark.parametrize(
    "typed",
    [
        "badge-lemon-river-42",
        "  Badge Lemon RIVER 42 ",
        "badge.lemon,river42",
        "badge/lemon/river 4 2",
        "BadgeLemonRiver42",
        "badge lemonriver 42",
        "bádge lemon rivér 42",
        "badge lemon river ٤٢",
        "42 badge lemon river",
        "badge\u200blemon\u00a0river 42\n",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed):
    assert normalise(typed) == CODE


@pytest.mark.parametrize("typed", ["", "42", "badge", "<script>", "x" * 10_000, "badge lemon river", "１२３"])
def test_what_is_no_code_equals_none(typed):
    assert normalise(typed) != CODE
    assert len(normalise(typed)) <= 90


@pytest.mark.parametrize(
    "typed", ["baadge lemon river 42", "badge lemmon rivver 42", "badeg lemon river 42", "badge lemon rivr 42"]
)
def test_a_misspelt_word_is_mended(typed):
    assert mend(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "badge lemon river",
        "badge lemon river 4",
        "badge lemon 42",
        "zzzzz lemon river 42",
        "x y z 42",
        "bage lemon river 42",
    ],
)
def test_what_cannot_be_guessed_is_not_mended(typed):
    assert mend(typed) is None


@given(st.tuples(PLAIN, PLAIN, PLAIN), st.integers(0, 99))
def test_every_code_survives_being_typed_and_mended(words, number):
    code = "-".join([*words, f"{number:02d}"])
    assert normalise(code.replace("-", " ").title()) == code
    assert mend(code) == code


@given(st.text(max_size=120))
def test_any_text_at_all_is_taken(typed):
    normalise(typed)
    mended = mend(typed)
    assert mended is None or set(mended.split("-")[:3]) <= set(WORDS)


@given(PLAIN, st.integers(0, 8), st.sampled_from("aeiou"))
def test_one_wrong_letter_never_leads_to_another_word(word, place, letter):
    spoilt = word[:place] + letter + word[place + 1 :]
    mended = mend(f"{spoilt} lemon river 07")
    assert mended in (None, f"{word} lemon river 07".replace(" ", "-"), f"{spoilt}-lemon-river-07")


def test_run_together_words_that_part_in_two_ways_are_left_alone():
    ways = [(a, b) for a, b in combinations(WORDS[:200], 2) if a + b in set(WORDS)]
    for one, other in ways:
        assert normalise(f"{one}{other}lemon42").count("-") <= 3
