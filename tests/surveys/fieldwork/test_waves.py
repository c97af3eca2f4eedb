"""Waves: what must be right before they open, how they are corrected, how they end."""

import datetime

import pytest
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.partnership.models import School
from surveys.errors import Frozen, NotReady, WrongState
from surveys.fieldwork import services
from surveys.fieldwork.readiness import problems_of_wave, rewordings_of
from surveys.fieldwork.selectors import document_for
from surveys.fieldwork.services.waves import SchoolPlan, change_wave, remove_school, years_of_school
from surveys.models import Question, Wave, Wording
from surveys.questionnaire.services.versions import copy_version
from tests.factories.fieldwork import (
    SchoolFactory,
    open_session,
    planned_wave,
    prepared_session,
    reviewed_version,
    running_wave,
)
from tests.factories.questionnaire import every_kind_of_question

pytestmark = pytest.mark.django_db


def test_opening_freezes_what_is_asked_and_fixes_the_codebook():
    wave = running_wave()
    assert wave.state == "open"
    version = wave.versions.get().version
    assert version.state == "frozen"
    assert version.document["sections"][0]["key"] == "sleep"
    assert ["SLEEP", ""] in wave.positions
    question = Question.objects.filter(section__version=version).first()
    question.text = "Another question?"
    with pytest.raises(Frozen):
        question.save()


def test_a_version_that_nobody_reviewed_stops_the_wave():
    wave = planned_wave(version=every_kind_of_question())
    with pytest.raises(NotReady, match="has not been reviewed by the Young Advisors"):
        services.open_wave(wave=wave)
    wave.refresh_from_db()
    assert wave.state == "planned"
    assert wave.positions == []


def test_a_real_wave_needs_postgresql_and_a_practice_wave_does_not():
    real, practice = planned_wave(is_demo=False), planned_wave()
    assert any("practice only" in problem for problem in problems_of_wave(real, vendor="sqlite"))
    assert problems_of_wave(real, vendor="postgresql") == []
    assert problems_of_wave(practice, vendor="sqlite") == []


def test_a_wave_without_schools_or_versions_cannot_open():
    wave = planned_wave(schools=0)
    wave.versions.all().delete()
    with pytest.raises(NotReady) as refusal:
        services.open_wave(wave=wave)
    assert len(refusal.value.problems) == 2


def test_a_school_whose_years_are_not_asked_is_named():
    wave = planned_wave()
    school = SchoolFactory(name="Riverside Primary", phase="primary")
    services.add_schools(wave=wave, schools=[SchoolPlan(school, (5,))])
    with pytest.raises(NotReady, match="Riverside Primary"):
        services.open_wave(wave=wave)


def test_a_wave_whose_days_are_over_cannot_open():
    wave = planned_wave()
    past = timezone.localdate() - datetime.timedelta(days=1)
    Wave.objects.filter(pk=wave.pk).update(opens_on=past, closes_on=past)
    wave.refresh_from_db()
    with pytest.raises(NotReady, match="last day is over"):
        services.open_wave(wave=wave)


def test_days_in_the_wrong_order_and_a_name_used_twice_are_refused():
    wave = planned_wave()
    today = timezone.localdate()
    with pytest.raises(NotReady) as refusal:
        services.plan_wave(
            survey=wave.survey, name="Autumn", opens_on=today, closes_on=today - datetime.timedelta(days=1)
        )
    assert len(refusal.value.problems) == 2
    with pytest.raises(NotReady):
        change_wave(wave=wave, name="Autumn", opens_on=today, closes_on=today - datetime.timedelta(days=1))


def corrected_version(wave, **changes):
    """A reviewed copy of what the wave asks, with SLEEP changed."""
    version = copy_version(version=wave.versions.get().version)
    Question.objects.filter(section__version=version, code="SLEEP").update(**changes)
    if "text" in changes:
        Wording.objects.filter(version=version, key="question.SLEEP.text").update(english=changes["text"])
    version.state = "reviewed"
    version.save()
    return version


def test_a_correction_is_asked_at_once_and_moves_no_place_of_the_codebook():
    wave = running_wave()
    session = open_session(wave=wave)
    before = list(wave.positions)
    version = corrected_version(wave, text="Did you sleep well last night?")
    ticked = {text.key for text in rewordings_of(wave, version)}
    wave = services.correct_wave(wave=wave, version=version, same_meaning=ticked)
    assert wave.positions[: len(before)] == before
    assert [asked.is_current for asked in wave.versions.order_by("version__number")] == [False, True]
    assert document_for(session)["sections"][0]["questions"][0]["text"]["en"] == "Did you sleep well last night?"
    assert Entry.objects.get(action="surveys.wave_corrected").facts["said_to_mean_the_same"] == ["SLEEP"]


def test_a_correction_cannot_give_a_code_another_meaning():
    wave = running_wave()
    version = corrected_version(wave, kind="number")
    with pytest.raises(NotReady, match="SLEEP is now answered in another way"):
        services.correct_wave(wave=wave, version=version)


def test_other_words_wait_for_somebody_who_says_that_they_mean_the_same():
    wave = running_wave()
    version = corrected_version(wave, text="Did you sleep badly?")
    with pytest.raises(NotReady, match="” is “Did you sleep badly"):
        services.correct_wave(wave=wave, version=version)
    ticked = {text.key for text in rewordings_of(wave, version)}
    Question.objects.filter(section__version=version, code="SLEEP").update(text="Did you sleep at all?")
    Wording.objects.filter(version=version, key="question.SLEEP.text").update(english="Did you sleep at all?")
    with pytest.raises(NotReady, match="at all"):
        services.correct_wave(wave=wave, version=version, same_meaning=ticked)
    assert wave.versions.count() == 1


def test_another_surveys_version_is_no_correction():
    with pytest.raises(NotReady, match="does not ask that questionnaire"):
        services.correct_wave(wave=running_wave(), version=reviewed_version())


def test_a_wave_cannot_close_while_a_class_is_answering():
    session = open_session()
    with pytest.raises(WrongState, match="still open"):
        services.close_wave(wave=session.wave)
    session.wave.refresh_from_db()
    assert session.wave.state == "open"


@pytest.mark.django_db(transaction=True)  # closing wipes the files, which no transaction may hold open
def test_a_closed_wave_says_when_it_was_closed():
    wave = services.close_wave(wave=running_wave())
    assert (wave.state, wave.closed_on) == ("closed", timezone.localdate())
    with pytest.raises(WrongState):
        services.close_wave(wave=wave)


def test_a_school_asks_the_years_of_its_phase():
    asked = [4, 6, 8, 10]
    assert years_of_school(School(phase="primary"), asked) == (4, 6)
    assert years_of_school(School(phase="secondary"), asked) == (8, 10)
    assert years_of_school(School(phase="all-through"), asked) == (4, 6, 8, 10)


def test_adding_schools_again_changes_what_differs():
    wave = planned_wave()
    school = wave.schools.get().school
    assert services.add_schools(wave=wave, schools=[SchoolPlan(school, (8,), {8: 150})]) == (0, 1)
    assert services.add_schools(wave=wave, schools=[SchoolPlan(school, (8,))]) == (0, 0)
    assert wave.schools.get().pupils_on_roll == {"8": 150}


def test_a_school_with_class_sessions_stays_in_its_wave():
    session = prepared_session()
    with pytest.raises(WrongState, match="has class sessions"):
        remove_school(taking_part=session.wave.schools.get())
