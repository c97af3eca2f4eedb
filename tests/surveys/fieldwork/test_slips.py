"""Draw-a-slip codes: only the session's key makes them, each works once, and no row tells when."""

import pytest

from surveys.collection.services import Receipt, receive
from surveys.fieldwork import services
from surveys.fieldwork.selectors import document_for
from surveys.fieldwork.slips import ALPHABET, is_spent, slip_number, slips_of, unspent
from surveys.models import ClassSession
from surveys.questionnaire.reading import questions_for
from tests.factories.fieldwork import open_session, running_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> ClassSession:
    return open_session(wave=running_wave(), school=None, year_group=101, present=40, uses_slips=True)


def sent(session: ClassSession, slip: int | None, nonce: str) -> Receipt:
    version = session.wave.versions.get().version.number
    return receive(session=session, nonce=nonce * 16, answers={"SLEEP": 1}, version=version, slip=slip)


def test_there_is_a_slip_for_each_person_and_a_tenth_more_and_no_two_are_alike(session):
    slips = slips_of(session)
    assert len(slips) == len(set(slips)) == 44
    assert all(len(slip) == 6 and set(slip) <= set(ALPHABET) for slip in slips)


def test_the_same_sheet_comes_out_again(session):
    assert slips_of(session) == slips_of(ClassSession.objects.get(pk=session.pk))


def test_another_session_has_other_slips(session):
    other = open_session(wave=session.wave, school=None, year_group=101, present=40, uses_slips=True)
    assert not set(slips_of(session)) & set(slips_of(other))


def test_a_slip_is_understood_however_it_is_typed(session):
    slip = slips_of(session)[7]
    assert slip_number(session, slip) == 7
    assert slip_number(session, f" {slip[:3].upper()}-{slip[3:]} ") == 7


@pytest.mark.parametrize("typed", ["", "aaaaaa", "x" * 1000, "<b>", "é"])
def test_what_is_no_slip_has_no_number(session, typed):
    assert slip_number(session, typed) is None


def test_a_slip_works_once(session):
    assert sent(session, 3, "a") is Receipt.STORED
    assert sent(session, 3, "b") is Receipt.SLIP_SPENT
    session.refresh_from_db()
    assert is_spent(session, 3)
    assert not is_spent(session, 4)


def test_the_same_answers_sent_twice_with_one_slip_are_stored_once(session):
    assert sent(session, 3, "a") is Receipt.STORED
    assert sent(session, 3, "a") is Receipt.ALREADY_STORED


@pytest.mark.parametrize("slip", [None, -1, 10_000])
def test_without_a_slip_of_the_session_nothing_is_stored(session, slip):
    assert sent(session, slip, "a") is not Receipt.STORED


def test_bits_for_every_slip_and_none_spent():
    assert unspent(44) == bytes(6)


def test_throwing_a_session_away_forgets_key_and_spent_slips(session):
    services.discard_session(session=session)
    session.refresh_from_db()
    assert (session.slip_key, session.slips_spent) == (None, None)
    assert slips_of(session) == []


def test_a_group_of_mixed_ages_is_asked_only_what_every_year_is(session):
    document = document_for(session)
    assert [question["code"] for question in questions_for(document, 101)] == [
        "SLEEP", "HELPED", "CLUBS", "MEALS", "HOURS",
    ]  # fmt: skip
    assert questions_for(document, 100) == []
