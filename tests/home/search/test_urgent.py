"""Help comes first when the words may mean danger."""

import pytest
from django.utils.translation import override

from home.search.urgent import URGENT, urgent_for


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("suicide", "own-life"),
        ("SUICIDE", "own-life"),
        ("how to kill myself", "own-life"),
        ("kill", "threat"),
        ("rape", "sexual"),
        ("i was raped", "sexual"),
        ("abuse", "abuse"),
        ("child abuse", "abuse"),
        ("help me", "help"),
        ("help", "help"),
        ("my dad hits me", "abuse"),
        ("don't want to live", "own-life"),
        ("don’t want to live", "own-life"),
        ("forced marriage", "forced"),
        ("run away", "leaving"),
        ("self-harm", "own-life"),
        ("domestic abuse", "home"),
    ],
)
def test_words_of_danger_are_known(typed, key):
    assert urgent_for(typed).key == key


@pytest.mark.parametrize(
    "typed", ["skills", "therapeutic", "grapes", "disabuse", "helpful leaflets", "annual report", "", "   "]
)
def test_words_that_only_contain_such_a_word_are_not(typed):
    assert urgent_for(typed) is None


@pytest.mark.parametrize("urgent", URGENT, ids=lambda urgent: urgent.key)
def test_every_need_has_words_and_starts_with_999(urgent):
    with override("en"):
        assert urgent.helplines[0] == "emergency"
        assert "childline" in urgent.helplines
        assert urgent.title
        assert urgent.text
        assert "!" not in f"{urgent.title}{urgent.text}"


def test_the_numbers_stand_above_the_results(ask):
    response = ask(q="suicide")
    body = response.text_[response.text_.index("<main") :]
    assert body.index("You matter") < body.index("116 123") < body.index('id="results"')
    assert 'href="tel:999"' in body


def test_the_page_can_be_left_at_once(ask):
    assert "cs-has-exit" in ask(q="abuse").text_
    assert "cs-has-exit" not in ask(q="annual report").text_


@pytest.mark.parametrize("typed", ["sucide", "suicidle", "i was molestd"])
def test_a_slip_of_the_finger_does_not_hide_the_numbers(ask, typed):
    body = ask(q=typed).text_
    assert "cs-urgent" in body
    assert 'href="tel:999"' in body
