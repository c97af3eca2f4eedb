"""Two different moderators decide about each text; what they agree on is done, and no original stays longer than needed."""

import pytest

from foundation.audit.models import Entry, Note
from surveys.collection.models import TextAnswer
from surveys.collection.texts import opened
from surveys.errors import SurveyError, WrongState
from surveys.texts.models import TextDecision
from surveys.texts.services import SameModerator, add_theme, decide, finish_private, look_at, read_private
from tests.factories.accounts import holder_of

pytestmark = pytest.mark.django_db
SECRET = "Wombat in the canteen says Luca"
State = TextAnswer.State


@pytest.fixture
def text(write):
    return write(SECRET)[0]


def test_one_moderator_settles_nothing(text, moderators):
    assert not decide(text_id=text.pk, by=moderators[0], outcome=State.PUBLISHED)
    text.refresh_from_db()
    assert text.state == State.WAITING


def test_the_same_moderator_twice_is_refused(text, moderators):
    decide(text_id=text.pk, by=moderators[0], outcome=State.PUBLISHED)
    with pytest.raises(SameModerator):
        decide(text_id=text.pk, by=moderators[0], outcome=State.PUBLISHED)
    text.refresh_from_db()
    assert text.state == State.WAITING


@pytest.mark.parametrize(("outcome", "kept"), [(State.PUBLISHED, SECRET), (State.PRIVATE, SECRET), (State.DELETED, "")])
def test_two_who_agree_settle_it(text, moderators, outcome, kept):
    decide(text_id=text.pk, by=moderators[0], outcome=outcome)
    assert decide(text_id=text.pk, by=moderators[1], outcome=outcome)
    text.refresh_from_db()
    assert text.state == outcome
    assert (opened(text.text) if text.text else "") == kept
    assert SECRET not in text.text
    with pytest.raises(WrongState):
        look_at(text_id=text.pk, by=moderators[0])


def test_the_original_of_an_edited_text_is_deleted(text, moderators):
    for moderator in moderators:
        decide(text_id=text.pk, by=moderator, outcome=State.EDITED, edited_text="An animal in the canteen")
    text.refresh_from_db()
    assert (text.state, opened(text.text)) == (State.EDITED, "An animal in the canteen")
    assert set(TextDecision.objects.values_list("edited_text", flat=True)) == {""}


def test_edits_that_differ_are_no_agreement_and_both_look_again(text, moderators):
    one, other = moderators
    decide(text_id=text.pk, by=one, outcome=State.EDITED, edited_text="An animal in the canteen")
    assert not decide(text_id=text.pk, by=other, outcome=State.EDITED, edited_text="An animal")
    text.refresh_from_db()
    assert text.state == State.WAITING
    assert not decide(text_id=text.pk, by=other, outcome=State.EDITED, edited_text="An animal in the canteen")
    with pytest.raises(SameModerator):
        decide(text_id=text.pk, by=other, outcome=State.DELETED)
    assert decide(text_id=text.pk, by=one, outcome=State.EDITED, edited_text="An animal in the canteen")


def test_a_third_moderator_neither_looks_nor_decides(text, moderators):
    decide(text_id=text.pk, by=moderators[0], outcome=State.PUBLISHED)
    decide(text_id=text.pk, by=moderators[1], outcome=State.DELETED)
    third = holder_of("Text moderator")
    with pytest.raises(SameModerator):
        look_at(text_id=text.pk, by=third)
    with pytest.raises(SameModerator):
        decide(text_id=text.pk, by=third, outcome=State.DELETED)


@pytest.mark.parametrize("edited", ["", "   ", SECRET, "x" * 601])
def test_an_edit_that_is_none_is_refused(text, moderators, edited):
    with pytest.raises(SurveyError):
        decide(text_id=text.pk, by=moderators[0], outcome=State.EDITED, edited_text=edited)
    assert not TextDecision.objects.exists()


def test_a_theme_of_another_question_is_not_taken(text, wave, moderators):
    theme = add_theme(wave=wave, question_code="OTHER", name="Animals", by=moderators[0])
    decide(text_id=text.pk, by=moderators[0], outcome=State.PUBLISHED, themes=[theme])
    assert not TextDecision.objects.get().themes.exists()


def test_every_look_is_in_the_trail_and_no_text_is(text, moderators):
    for moderator in moderators:
        look_at(text_id=text.pk, by=moderator)
        decide(text_id=text.pk, by=moderator, outcome=State.PRIVATE)
    lead = holder_of("Safeguarding lead")
    read_private(text_id=text.pk, by=lead)
    finish_private(text_id=text.pk, by=lead, was_referred=True)
    actions = list(Entry.objects.filter(subject=f"surveys.textanswer:{text.pk}").values_list("action", flat=True))
    assert actions.count("surveys.text_looked_at") == 2
    assert actions.count("surveys.text_read_by_safeguarding") == 1
    said = str(list(Entry.objects.values())) + str(list(Note.objects.values()))
    assert "Wombat" not in said
    text.refresh_from_db()
    assert text.text == ""
