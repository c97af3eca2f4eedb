"""Class sessions: who can open them, how long they take answers, and what is left when they end."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.audit.models import Entry
from surveys.errors import NotReady, WrongState
from surveys.fieldwork import codes, services
from surveys.fieldwork.links import LENGTH, hash_of, link_of, secret_of
from surveys.fieldwork.selectors import cap, document_for, is_taking, live_session, session_by_secret
from surveys.models import ClassSession, Wave
from tests.factories.fieldwork import open_session, planned_wave, prepared_session, running_wave, school_of

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def at(session: ClassSession, **changed) -> ClassSession:
    """The session as if it had been opened (closed) at other times."""
    ClassSession.objects.filter(pk=session.pk).update(**changed)
    return ClassSession.objects.select_related("wave").get(pk=session.pk)


def test_a_teachers_link_opens_its_session_and_no_other():
    session, other = prepared_session(), prepared_session()
    assert session_by_secret(secret_of(session)) == session
    assert session_by_secret(secret_of(other)) == other
    assert session_by_secret("a" * LENGTH) is None


def test_the_database_alone_does_not_give_the_link_away():
    session = prepared_session()
    kept = " ".join(str(value) for value in ClassSession.objects.filter(pk=session.pk).values_list()[0])
    assert secret_of(session) not in kept
    assert hash_of(secret_of(session)) in kept


def test_links_survive_a_change_of_the_sites_key(settings):
    session = prepared_session()
    before = secret_of(session)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert link_of(session) == before
    settings.SECRET_KEY_FALLBACKS = []
    assert link_of(session) == ""


def test_a_renewed_link_ends_the_old_one():
    session = prepared_session()
    old = secret_of(session)
    renewed = services.renew_link(session=session)
    assert session_by_secret(old) is None
    assert session_by_secret(secret_of(renewed)) == session


def test_an_open_session_is_found_by_its_code():
    session = open_session()
    assert live_session(session.code) == session
    assert live_session("") is None
    assert live_session(codes.new_code()) is None


def test_a_prepared_session_has_no_code():
    assert prepared_session().code is None


def test_two_live_sessions_never_share_a_code():
    session, other = open_session(), open_session()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassSession.objects.filter(pk=other.pk).update(code=session.code)


def test_a_code_that_is_taken_is_made_again(monkeypatch):
    taken = open_session().code
    made = iter([taken, taken, "badge-lemon-river-42"])
    monkeypatch.setattr(codes, "new_code", lambda: next(made))
    assert open_session().code == "badge-lemon-river-42"


@pytest.mark.parametrize(("present", "most"), [(1, 2), (9, 10), (10, 11), (11, 13), (28, 31), (30, 33), (400, 440)])
def test_a_tenth_more_than_were_present_can_answer(present, most):
    assert cap(ClassSession(present=present)) == most


def test_a_session_takes_answers_for_two_hours_and_five_minutes():
    session = open_session()
    opened = session.opened_at
    assert is_taking(session, opened + 119 * MINUTE)
    assert is_taking(session, opened + 124 * MINUTE)
    assert not is_taking(session, opened + 125 * MINUTE)
    assert live_session(at(session, opened_at=timezone.now() - 126 * MINUTE).code) is None


def test_a_closed_session_takes_answers_on_their_way_for_five_minutes():
    session = services.close_session(session=open_session())
    assert session.state == "closing"
    assert is_taking(session, session.closed_at + 4 * MINUTE)
    assert not is_taking(session, session.closed_at + 5 * MINUTE)


def test_slips_at_home_are_good_until_the_waves_last_day_is_over():
    session = open_session(wave=running_wave(days=3), school=None, uses_slips=True, year_group=8)
    assert is_taking(session, session.opened_at + datetime.timedelta(days=2))
    assert not is_taking(session, session.opened_at + datetime.timedelta(days=5))


@pytest.mark.parametrize("act", [services.open_session, services.close_session, services.discard_session])
def test_what_is_over_stays_over(act):
    session = at(open_session(), state="sealed", code=None)
    wishes = {"year_group": 8, "present": 20} if act is services.open_session else {}
    with pytest.raises(WrongState):
        act(session=session, **wishes)


def test_a_session_cannot_open_before_its_wave():
    session = prepared_session(wave=planned_wave())
    with pytest.raises(WrongState, match="has not been opened yet"):
        services.open_session(session=session, year_group=8, present=20)


def test_a_session_cannot_open_after_its_wave():
    session = prepared_session()
    Wave.objects.update(state="closed")
    with pytest.raises(WrongState, match="is over"):
        services.open_session(session=session, year_group=8, present=20)


@pytest.mark.parametrize(("year_group", "present"), [(9, 20), (8, 0), (8, 401), (100, 20)])
def test_a_year_that_is_not_asked_or_an_impossible_number_is_refused(year_group, present):
    session = prepared_session()
    with pytest.raises(NotReady):
        services.open_session(session=session, year_group=year_group, present=present)
    session.refresh_from_db()
    assert session.state == "prepared"
    assert session.code is None


def test_a_school_that_does_not_take_part_gets_no_session():
    stranger = school_of(running_wave())
    with pytest.raises(WrongState, match="does not take part"):
        services.prepare_session(wave=running_wave(), school=stranger, year_group=8)


def test_languages_that_the_survey_does_not_have_are_left_out():
    session = prepared_session()
    opened = services.open_session(session=session, year_group=8, present=20, languages=["ar", "xx"])
    assert opened.languages == ["ar"]


def test_pupils_get_the_version_that_their_wave_asks():
    session = open_session()
    document = document_for(session)
    assert document["phase"] == "secondary"
    assert document["sections"][0]["questions"][0]["code"] == "SLEEP"


def test_discarding_forgets_code_times_and_answers():
    session = services.discard_session(session=open_session())
    assert session.state == "discarded"
    assert (session.code, session.opened_at, session.closed_at) == (None, None, None)
    assert session.held_on == timezone.localdate()


def test_fifty_classes_are_prepared_at_once_each_with_a_link_of_its_own():
    wave = running_wave()
    wanted = [services.PreparedSession(label=f"8-{n}", year_group=8, present=28) for n in range(50)]
    made = services.prepare_sessions(wave=wave, school=school_of(wave), wanted=wanted)
    assert len({session.link_hash for session in made}) == 50


def test_one_wrong_class_of_many_prepares_none():
    wave = running_wave()
    wanted = [services.PreparedSession("8A", 8), services.PreparedSession("9A", 9)]
    with pytest.raises(NotReady):
        services.prepare_sessions(wave=wave, school=school_of(wave), wanted=wanted)
    assert not wave.sessions.exists()


def test_a_prepared_session_can_be_removed_and_an_open_one_not():
    session = prepared_session()
    services.remove_session(session=session)
    assert not ClassSession.objects.filter(pk=session.pk).exists()
    with pytest.raises(WrongState):
        services.remove_session(session=open_session())


def test_the_trail_keeps_no_time_of_a_lesson_and_never_which_class():
    session = prepared_session()
    before = Entry.objects.count()
    services.open_session(session=session, year_group=8, present=28)
    services.close_session(session=session)
    assert Entry.objects.count() == before, "in a school with one class these times are when its rows came in"
    services.discard_session(session=session)
    entry = Entry.objects.get(action="surveys.session_discarded")
    assert entry.facts == {"school": session.school_id}
    assert all(str(session.pk) not in f"{each.subject}{each.facts}" for each in Entry.objects.all())
