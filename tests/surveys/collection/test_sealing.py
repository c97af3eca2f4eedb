"""Ten together are sealed; fewer wait; what is still too few at the end loses its school, or is only counted."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from foundation.registries.backups import tables_left_out
from surveys.collection.models import Held, Pooled, Sealed, ToClean
from surveys.collection.reminders import remind_of_old_rows
from surveys.collection.services import (
    delete_sealed,
    finish_due,
    finish_wave,
    flush_due,
    flush_session,
    is_finished,
    receive,
)
from surveys.collection.services.cleaning import clean_if_quiet, is_sealing_complete
from surveys.errors import WrongState
from surveys.fieldwork.enums import SessionState, WaveState
from surveys.years import YearGroup

from .conftest import add_version, document, question

pytestmark = pytest.mark.django_db
PRIMARY = document(question("PLACE", "number"), phase="primary")


def answered(lesson, places, version=1):
    for place in places:
        receive(session=lesson, nonce=f"a-nonce-for-the-pupil-{place}", answers={"PLACE": place}, version=version)
    return lesson


def places(model, **filters):
    return sorted(row.answers[0] for row in model.objects.filter(**filters))


def test_a_class_of_ten_is_sealed_and_forgets_its_times_and_its_code(make_wave, make_lesson):
    wave = make_wave()
    lesson = answered(make_lesson(wave), range(10))
    flush_session(session=lesson)
    assert (lesson.state, lesson.received) == (SessionState.SEALED, 10)
    assert (lesson.code, lesson.opened_at, lesson.closed_at) == (None, None, None)
    assert lesson.held_on == timezone.localdate()
    row = Sealed.objects.first()
    assert (row.wave_id, row.school_id, row.year_group) == (wave.pk, lesson.school_id, 8)
    assert places(Sealed) == list(range(10))
    assert Held.objects.count() == 0


def test_nine_wait_in_the_pool_with_new_keys_at_each_addition_until_they_are_ten(make_wave, make_lesson):
    wave = make_wave()
    first, second, third = (make_lesson(wave) for _number in range(3))
    flush_session(session=answered(first, range(4)))
    before = set(Pooled.objects.values_list("pk", flat=True))
    assert (len(before), Sealed.objects.count()) == (4, 0)
    flush_session(session=answered(second, range(10, 15)))
    after = set(Pooled.objects.values_list("pk", flat=True))
    assert (len(after), before & after, Sealed.objects.count()) == (9, set(), 0)
    flush_session(session=answered(third, [20]))
    assert (Pooled.objects.count(), Sealed.objects.count()) == (0, 10)
    first.refresh_from_db()
    assert (first.state, third.state) == (SessionState.POOLED, SessionState.SEALED)


def test_pools_of_other_years_and_schools_are_not_touched(make_wave, make_lesson, make_school):
    wave = make_wave()
    flush_session(session=answered(make_lesson(wave, year_group=10), range(5)))
    flush_session(session=answered(make_lesson(wave, school=make_school("Lake School")), range(5)))
    flush_session(session=answered(make_lesson(wave), range(100, 110)))
    assert (Pooled.objects.count(), places(Sealed)) == (10, list(range(100, 110)))


def test_a_lesson_with_no_answer_ends_without_a_row(make_wave, make_lesson):
    lesson = make_lesson(make_wave())
    flush_session(session=lesson)
    assert (lesson.received, Pooled.objects.count(), Sealed.objects.count()) == (0, 0, 0)


def test_a_lesson_is_flushed_once(make_wave, make_lesson):
    lesson = answered(make_lesson(make_wave()), range(10))
    flush_session(session=lesson)
    with pytest.raises(WrongState, match="ended already"):
        flush_session(session=lesson)
    assert Sealed.objects.count() == 10


def test_lessons_are_flushed_when_their_grace_is_over_and_not_before(make_wave, make_lesson):
    wave = make_wave()
    closing, forgotten = make_lesson(wave), make_lesson(wave)
    answered(closing, range(10)), answered(forgotten, range(10, 20))
    closing.state, closing.closed_at = SessionState.CLOSING, timezone.now()
    closing.save()
    assert flush_due(now=timezone.now() + timedelta(minutes=4)) == 0
    assert flush_due(now=timezone.now() + timedelta(minutes=6)) == 1
    assert flush_due(now=timezone.now() + timedelta(hours=2, minutes=6)) == 1
    assert Sealed.objects.count() == 20


def test_at_the_end_the_few_lose_their_school_and_the_very_few_are_only_counted(make_wave, make_lesson, make_school):
    wave = make_wave()
    add_version(wave, PRIMARY)
    for number, school in enumerate(["Hill School", "Lake School"]):
        flush_session(
            session=answered(make_lesson(wave, school=make_school(school)), range(6 * number, 6 * number + 6))
        )
    flush_session(session=answered(make_lesson(wave, year_group=4), range(50, 53)))
    finish_wave(wave=wave)
    assert places(Sealed, school_id=None, year_group=YearGroup.SOME_SECONDARY) == list(range(12))
    assert Sealed.objects.count() == 12
    assert Pooled.objects.count() == 0
    assert wave.counted_only == {"primary": 3}


@pytest.mark.parametrize(("at_home", "in_class", "kept"), [(6, 5, 11), (4, 0, 0), (12, 3, 15), (4, 5, 0)])
def test_a_small_group_of_mixed_years_ends_with_its_phase(make_wave, make_lesson, at_home, in_class, kept):
    wave = make_wave()
    mixed = make_lesson(wave, year_group=YearGroup.SOME_SECONDARY)
    mixed.school = None
    mixed.save()
    flush_session(session=answered(mixed, range(at_home)))
    if in_class:
        flush_session(session=answered(make_lesson(wave), range(50, 50 + in_class)))
    finish_wave(wave=wave)
    assert len(places(Sealed, school_id=None, year_group=YearGroup.SOME_SECONDARY)) == kept
    assert Sealed.objects.count() == kept
    assert Pooled.objects.count() == 0, "nothing may wait for ever"
    assert wave.counted_only.get("secondary", 0) == at_home + in_class - kept
    finish_wave(wave=wave)
    assert wave.counted_only.get("secondary", 0) == at_home + in_class - kept


def test_the_chores_finish_a_wave_whose_closing_was_cut_off(make_wave, make_lesson):
    wave = make_wave()
    flush_session(session=answered(make_lesson(wave), range(3)))
    assert finish_due() == 0, "an open wave is nobody's to finish"
    wave.state = WaveState.CLOSED
    wave.save()
    assert not is_finished(wave)
    assert finish_due() == 1
    assert (Pooled.objects.count(), is_finished(wave), finish_due()) == (0, True, 0)


def test_a_wave_is_not_finished_while_a_lesson_is_open(make_wave, make_lesson):
    wave = make_wave()
    make_lesson(wave)
    with pytest.raises(WrongState, match="still open"):
        finish_wave(wave=wave)


def test_the_length_of_a_row_does_not_tell_whether_it_came_before_a_correction(make_wave, make_lesson):
    wave = make_wave()
    flush_session(session=answered(make_lesson(wave), range(10)))
    add_version(wave, document(question("PLACE", "number"), question("MOOD"), question("NEW"), number=2))
    flush_session(session=answered(make_lesson(wave), range(10, 20), version=2))
    assert {tuple(row.answers[1:]) for row in Sealed.objects.all()} == {(-1, -3), (-1, -1)}
    assert {len(row.answers) for row in Sealed.objects.all()} == {3}


def test_sealing_is_complete_only_when_no_lesson_is_open_and_the_files_are_wiped(on_file, make_wave, make_lesson):
    wave = make_wave()
    lesson, open_lesson = answered(make_lesson(wave), range(10)), make_lesson(wave)
    flush_session(session=lesson)
    assert not clean_if_quiet()
    assert not is_sealing_complete(wave.pk)
    flush_session(session=open_lesson)
    assert clean_if_quiet()
    assert is_sealing_complete(wave.pk)
    assert not ToClean.objects.exists()


def test_a_year_later_a_reminder_and_a_command_that_says_what_it_did(on_file, make_wave, make_lesson, capsys):
    wave = make_wave()
    flush_session(session=answered(make_lesson(wave), range(10)))
    with pytest.raises(WrongState, match="ended"):
        delete_sealed(wave=wave)
    wave.state, wave.closed_on = WaveState.CLOSED, timezone.localdate()
    wave.save()
    assert remind_of_old_rows() == 0
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert remind_of_old_rows() == 1
        call_command("delete_sealed")
        assert "Would delete the sealed answers of How are you?, Autumn" in capsys.readouterr().out
        assert Sealed.objects.count() == 10
        call_command("delete_sealed", "--yes")
        assert "10 sealed answers deleted and wiped from the files" in capsys.readouterr().out
    wave.refresh_from_db()
    assert (Sealed.objects.count(), wave.state) == (0, WaveState.EMPTIED)


def test_no_backup_holds_what_waits():
    left_out = {entry.table for entry in tables_left_out()}
    assert {"surveys_held", "surveys_held_text", "surveys_pooled"} <= left_out
    assert "surveys_sealed" not in left_out


def test_a_teachers_page_ends_its_own_lesson_where_no_other_process_does(client, make_wave, make_lesson):
    from surveys.fieldwork.links import hash_of, secret_of

    lesson = answered(make_lesson(make_wave()), range(10))
    lesson.link_hash = hash_of(secret_of(lesson))
    lesson.save()
    address = f"/t/{secret_of(lesson)}/"
    client.get(address)
    lesson.refresh_from_db()
    assert lesson.state == SessionState.OPEN
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=6)):
        assert client.get(address).status_code == 200
    lesson.refresh_from_db()
    assert lesson.state == SessionState.SEALED
