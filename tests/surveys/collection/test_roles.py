"""On PostgreSQL the web's role can put answers in and never read one; sealing happens under a role of its own."""

import re
import uuid
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from surveys.collection.paper import KeyedRow, take_in_paper
from surveys.collection.services import (
    count_held,
    discard_held,
    finish_due,
    flush_due,
    flush_session,
    flush_where_nobody_else_does,
    is_finished,
    receive,
)
from surveys.collection.services.cleaning import clean_if_quiet
from surveys.collection.stores import sealer
from surveys.fieldwork.models import ClassSession, WaveSchool
from surveys.fieldwork.services import close_wave

ROLES = Path(__file__).parents[3] / "deploy" / "postgresql" / "roles.sql"


@pytest.fixture
def as_role(on_file):
    """`as_role(name)`: this test's connection acts under the role from here on, until "owner"."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles; there a test of imports holds readers out")
    suffix = uuid.uuid4().hex[:8]
    web, sealing = f"web_{suffix}", f"sealer_{suffix}"
    script = "\n".join(line for line in ROLES.read_text().splitlines() if not line.startswith("--"))
    script = script.replace(":web", web).replace(":sealer", sealing).replace(":schema", "public")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        cursor.execute(f"CREATE ROLE {web}; CREATE ROLE {sealing};")
        cursor.execute(script.replace("BEGIN;", "").replace("COMMIT;", ""))

    def act(name):
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION AUTHORIZATION {({'web': web, 'sealer': sealing}).get(name, owner)}")

    yield act
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute(f"REASSIGN OWNED BY {web}, {sealing} TO {owner}; DROP OWNED BY {web}, {sealing};")
        cursor.execute(f"DROP ROLE {web}; DROP ROLE {sealing};")


def refused(statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.connection.execute(statement)


def test_the_web_role_stores_and_counts_and_is_refused_every_answer(as_role, make_wave, make_lesson):
    lesson = make_lesson(make_wave())
    as_role("web")
    for number in range(12):
        receive(session=lesson, nonce=f"a-nonce-of-some-length-{number}", answers={"PLACE": number}, version=1)
    assert count_held(lesson) == 12
    for table in ("surveys_sealed", "surveys_pooled", "surveys_held"):
        refused(f"SELECT * FROM {table}")
        refused(f"SELECT answers FROM {table}")
        refused(f"COPY {table} TO STDOUT")
        refused(f"UPDATE {table} SET answers = '[]' RETURNING answers")
    refused("SELECT sealed FROM surveys_releasetruth")
    refused("DELETE FROM surveys_held RETURNING answers")
    refused("DELETE FROM surveys_sealed")
    refused("INSERT INTO surveys_held VALUES (gen_random_uuid(), 'x', '[1]') RETURNING answers")
    refused("SELECT text FROM surveys_held_text")
    as_role("sealer")
    flush_session(session=lesson)
    assert clean_if_quiet()
    as_role("web")
    refused("SELECT count(*) FROM surveys_sealed")


def test_the_web_role_can_throw_a_lesson_away(as_role, make_wave, make_lesson):
    lesson = make_lesson(make_wave())
    as_role("web")
    receive(session=lesson, nonce="a-nonce-of-some-length", answers={"PLACE": 1}, version=1)
    discard_held(session=lesson)
    assert count_held(lesson) == 0


def test_the_web_role_closes_a_wave_and_takes_in_paper_and_the_chores_finish_both(as_role, make_wave, make_lesson):
    wave = make_wave()
    lesson = make_lesson(wave)
    WaveSchool.objects.create(wave=wave, school=lesson.school, year_groups=[8])
    as_role("web")
    for number in range(4):
        receive(session=lesson, nonce=f"a-nonce-of-some-length-{number}", answers={"PLACE": number}, version=1)
    ClassSession.objects.filter(pk=lesson.pk).update(state="closing", closed_at=timezone.now() - timedelta(minutes=6))
    flush_where_nobody_else_does()
    lesson.refresh_from_db()
    assert lesson.state == "closing", "the web's role may not even try"
    take_in_paper(wave=wave, school=lesson.school, year_group=8, rows=[KeyedRow([9, 1])] * 3)
    as_role("sealer")
    assert flush_due() == 2
    as_role("web")
    close_wave(wave=wave)
    as_role("sealer")
    assert not is_finished(wave)
    assert finish_due() == 1
    assert is_finished(wave)
    assert finish_due() == 0
    wave.refresh_from_db()
    assert (wave.state, wave.counted_only) == ("closed", {"secondary": 7})


def test_no_statement_that_the_server_shows_holds_an_answer(on_file, make_wave, make_lesson):
    """`pg_stat_activity` shows the last statement of every connection; ours has places for values, no values."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite shows no statements")
    lesson = make_lesson(make_wave())
    receive(session=lesson, nonce="a-nonce-of-some-length", answers={"PLACE": 787}, version=1)
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], port=settings["PORT"] or 5432, user=settings["USER"], dbname=settings["NAME"]
    ) as other:
        shown = other.execute("SELECT query FROM pg_stat_activity WHERE datname = current_database()").fetchall()
    # A savepoint is named after its thread, in many digits, which may hold these three.
    assert "787" not in re.sub(r"s\d+_x\d+", "", repr(shown))


def test_without_a_second_connection_sealing_uses_the_first(settings):
    assert sealer() == "default"
