"""Answers from elsewhere end as any others: shuffled, sealed or merged, and without a trace of their row."""

import datetime
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.partnership.models import School
from surveys.collection.models import Begun, Held, Pooled, Sealed
from surveys.fieldwork.enums import SessionState, WaveState
from surveys.fieldwork.models import ClassSession, Wave
from surveys.fieldwork.services.waves import SchoolPlan, add_schools, plan_wave
from surveys.importing import services
from surveys.importing.mapping import map_of
from surveys.importing.services import take_in_answers
from surveys.questionnaire.enums import VersionState
from surveys.questionnaire.models import Survey, Version

from .conftest import CODED, ROW

pytestmark = pytest.mark.django_db


def sealed():
    rows = Sealed.objects.values_list("school_id", "year_group", "answers")
    return [(school, year, tuple(answers)) for school, year, answers in rows]


def test_rows_are_sealed_by_school_and_year_and_nothing_else_stays(table, written_map):
    other = ROW.replace(",8,", ",10,", 1).replace(",F,", ",M,")
    take_in_answers(path=table(*[ROW, other] * 15, zipped=True), column_map=map_of(written_map))
    school = School.objects.get(name="Hill School")
    assert sorted(sealed()) == [(school.pk, 8, tuple(CODED))] * 15 + [(school.pk, 10, (2, *CODED[1:]))] * 15
    assert not Held.objects.exists()
    assert not Pooled.objects.exists()
    assert not Begun.objects.exists()
    sessions = ClassSession.objects.all()
    assert [(s.year_group, s.state, s.received, s.code, s.opened_at) for s in sessions] == [
        (8, SessionState.SEALED, 15, None, None),
        (10, SessionState.SEALED, 15, None, None),
    ]


@pytest.mark.parametrize(
    ("line", "coded"),
    [
        ("w1,S1,8,,,,,,,,", [-1, -1, -1, -3, -1, -1, -1, -1]),
        ("w1,S1,8,9,-,8,,,,1,", [-2, -3, 8, -3, -1, -1, 1, -1]),
        ("w1,S1,8,F,0,8,2,0,0,1,2", [1, 2, 8, -3, 0, 0, 1, 2]),
        ("w1,S1,8,F,1,24,,,1,1,2", [1, 1, 24, -1, 0, 1, 1, 2]),
    ],
)
def test_empty_cells_and_meanings_become_the_codes_of_the_codebook(table, written_map, line, coded):
    take_in_answers(path=table(*[line] * 10), column_map=map_of(written_map))
    assert {answers for _school, _year, answers in sealed()} == {tuple(coded)}


def test_a_question_that_nobody_of_a_school_answered_was_not_asked_there(table, written_map):
    silent, other = ROW.replace(",F,1,8,2,", ",F,,8,,"), ROW.replace("S1", "Vale School")
    path = table(*[silent] * 10, *[other] * 9, other.replace(",F,", ",,"))
    written_map["never_answered_in_a_school"] = "not-asked"
    found = take_in_answers(path=path, column_map=map_of(written_map))
    assert found.silent == {("w1", "S1"): {"SMOKED", "OFTEN"}}
    hill = School.objects.get(name="Hill School").pk
    assert {answers[:4] for school, _year, answers in sealed() if school == hill} == {(1, -3, 8, -3)}
    assert {answers[:4] for school, _year, answers in sealed() if school != hill} == {(1, 1, 8, 2), (-1, 1, 8, 2)}


def test_the_order_of_the_file_is_not_the_order_of_the_rows(table, written_map, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 7)
    numbers = [number % 25 for number in range(200)]
    lines = [ROW.replace(",8,2,", f",{number},2,") for number in sorted(numbers)]
    take_in_answers(path=table(*lines), column_map=map_of(written_map))
    stored = [answers[2] for _school, _year, answers in sealed()]
    assert sorted(stored) == sorted(numbers)
    assert stored != sorted(numbers)


def test_what_is_missing_is_made_and_a_wave_of_the_past_is_closed(table, written_map):
    take_in_answers(path=table(*[ROW] * 10, *[ROW.replace("w1", "w2")] * 10), column_map=map_of(written_map))
    waves = list(Wave.objects.order_by("opens_on"))
    assert [(wave.slug, wave.state, wave.is_demo) for wave in waves] == [
        ("spring", WaveState.CLOSED, True),
        ("autumn", WaveState.CLOSED, True),
    ]
    version = Version.objects.get()
    assert version.state == VersionState.FROZEN
    assert [question["code"] for question in version.document["sections"][0]["questions"]] == [
        "SEX", "SMOKED", "HOURS", "OFTEN", "CLUBS", "MEALS",
    ]  # fmt: skip
    assert waves[0].schools.get().year_groups == [8]


def test_groups_under_ten_are_merged_to_their_phase_and_unknown_years_join_them(table, written_map):
    lines = [ROW] * 12 + [ROW.replace(",8,", ",10,", 1)] * 4 + [ROW.replace(",8,", ",,", 1)] * 6
    take_in_answers(path=table(*lines), column_map=map_of(written_map))
    places = sorted((year, school is None) for school, year, _answers in sealed())
    assert places == [(8, False)] * 12 + [(101, True)] * 10
    assert Wave.objects.get().counted_only == {}
    assert not Pooled.objects.exists()


def test_what_is_under_ten_even_so_is_only_counted(table, written_map):
    take_in_answers(path=table(*[ROW] * 12, *[ROW.replace(",8,", ",,", 1)] * 3), column_map=map_of(written_map))
    assert len(sealed()) == 12
    assert Wave.objects.get().counted_only == {"secondary": 3}


def test_a_second_import_is_refused_and_changes_nothing(table, written_map):
    path = table(*[ROW] * 10)
    take_in_answers(path=path, column_map=map_of(written_map))
    with pytest.raises(services.NotReady) as raised:
        take_in_answers(path=path, column_map=map_of(written_map))
    assert "“Spring” has answers already, and an import goes in once" in raised.value.problems[0]
    assert len(sealed()) == 10


def test_a_mistake_in_the_last_row_takes_nothing_in(table, written_map):
    with pytest.raises(services.NotReady):
        take_in_answers(path=table(*[ROW] * 20, ROW.replace(",F,", ",?,")), column_map=map_of(written_map))
    assert sealed() == []
    assert not Wave.objects.exists()
    assert not Survey.objects.exists()


def test_a_failure_half_way_leaves_nothing(table, written_map, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 5)
    monkeypatch.setattr(services, "flush_session", lambda **_session: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in_answers(path=table(*[ROW] * 20), column_map=map_of(written_map))
    assert not Held.objects.exists()
    assert not Wave.objects.exists()


@pytest.fixture
def open_wave(table, written_map):
    """An open wave "Later" of the map's survey, in which Hill School takes part with Year 8."""
    take_in_answers(path=table(*[ROW] * 10), column_map=map_of(written_map))
    written_map["wave"]["values"] = {
        "w1": {**written_map["wave"]["values"]["w1"], "name": "Later", "opens_on": _day(-1), "closes_on": _day(30)}
    }
    survey = Survey.objects.get()
    plan = written_map["wave"]["values"]["w1"]
    wave = plan_wave(
        survey=survey, name="Later", opens_on=plan["opens_on"], closes_on=plan["closes_on"], is_demo=True,
        versions=[Version.objects.get()],
    )  # fmt: skip
    add_schools(wave=wave, schools=[SchoolPlan(School.objects.get(), (8,))])
    return wave


def _day(offset):
    return timezone.localdate() + datetime.timedelta(days=offset)


def test_a_wave_that_exists_must_be_open_and_the_school_take_part(table, written_map, open_wave):
    assert "“Later” is not open (being prepared)" in _refused(table(ROW), written_map)
    Wave.objects.filter(pk=open_wave.pk).update(
        state=WaveState.OPEN, positions=Wave.objects.get(slug="spring").positions
    )
    other = ROW.replace(",8,", ",10,", 1)
    assert _refused(table(other), written_map) == (
        "Row 2, column school: Hill School does not take part in this wave with year group 10."
    )
    take_in_answers(path=table(*[ROW] * 11), column_map=map_of(written_map))
    open_wave.refresh_from_db()
    assert open_wave.state == WaveState.OPEN
    assert Sealed.objects.filter(wave_id=open_wave.pk).count() == 11


def test_a_map_that_asks_otherwise_than_the_wave_is_refused(table, written_map, open_wave):
    Wave.objects.filter(pk=open_wave.pk).update(state=WaveState.OPEN)
    written_map["sections"][0]["questions"][0]["options"][3] = {"en": "Another"}
    assert "SEX has other answers there than in the map" in _refused(table(ROW), written_map)


def _refused(path, written_map):
    with pytest.raises(services.NotReady) as raised:
        take_in_answers(path=path, column_map=map_of(written_map))
    return raised.value.problems[0]


def test_a_real_wave_is_not_made_on_sqlite(table, written_map):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL may keep real waves")
    written_map["wave"]["values"]["w1"]["practice"] = False
    assert "“Spring” cannot be made. This site keeps its data in SQLite" in _refused(table(ROW), written_map)


def test_the_command_is_dry_unless_told_to_save(table, written_map, tmp_path):
    path, written = table(*[ROW] * 12, ROW.replace(",8,", ",10,", 1)), tmp_path / "map.yaml"
    written.write_text(yaml.safe_dump(written_map))
    said = StringIO()
    call_command("import_answers", path, map=written, stdout=said)
    assert "1 group is under ten (1 rows): merged to the phase" in said.getvalue()
    assert "1 rows are too few even so and only counted" in said.getvalue()
    assert "13 rows, nothing wrong" in said.getvalue()
    assert sealed() == []
    call_command("import_answers", path, map=written, save=True, stdout=said)
    assert "13 rows taken in and shuffled" in said.getvalue()
    assert len(sealed()) == 12
    with pytest.raises(CommandError, match="Row 2, column wave: “Spring” has answers already"):
        call_command("import_answers", path, map=written, save=True, stdout=said)


def test_the_audit_trail_has_no_part_of_a_row_and_the_nearest_five_of_their_number(table, written_map):
    take_in_answers(path=table(*[ROW] * 12), column_map=map_of(written_map))
    written = Entry.objects.filter(action="surveys.answers_imported")
    assert list(written.values_list("facts", flat=True)) == [{"rows": 10}]
