"""Lessons for tests, and a database file whose bytes can be looked at."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

from foundation.partnership.models import School
from surveys.collection.encoding import grow
from surveys.fieldwork.enums import SessionState, WaveState
from surveys.fieldwork.models import ClassSession, Wave, WaveVersion
from surveys.questionnaire.enums import VersionState
from surveys.questionnaire.models import Questionnaire, Survey, Version

ANSWER_TABLES = ("surveys_held", "surveys_held_text", "surveys_pooled", "surveys_sealed", "surveys_text_answer")


def question(code: str, kind: str = "choice", **changes: Any) -> dict[str, Any]:
    """A question of a compiled questionnaire; a choice of 1, 2, 3 unless told otherwise."""
    kinds = {"choice", "choose-all", "grid"}
    options = [{"value": n, "text": {"en": f"Option {n}"}, "symbol": "", "kind": "ordinary"} for n in (1, 2, 3)]
    return {
        "code": code, "kind": kind, "text": {"en": f"{code}?"}, "help": {}, "short": code, "years": [], "prefer_not": True,
        "sensitive": False, "demographic": "", "subgroups": [], "shown_if": None,
        "options": options if kind in kinds else [],
        "rows": [{"key": key, "text": {"en": key}} for key in ("lunch", "tea")] if kind == "grid" else [],
        "number": {"min": 0, "max": 999, "unit": {}, "bands": []} if kind == "number" else None,
        **changes,
    }  # fmt: skip


def document(*questions: dict[str, Any], number: int = 1, phase: str = "secondary") -> dict[str, Any]:
    """A compiled questionnaire of one section."""
    years = [8, 10] if phase == "secondary" else [4, 6]
    section = {
        "key": "all", "title": {"en": "All"}, "intro": {}, "years": [], "sensitive": False, "topic": "all",
        "questions": list(questions),
    }  # fmt: skip
    return {
        "questionnaire": f"test/{phase}", "version": number, "phase": phase, "years": years, "languages": ["en"],
        "intro": {}, "sections": [section],
    }  # fmt: skip


PLAIN = document(question("PLACE", "number"), question("MOOD"))
"""PLACE can say who a made-up pupil was, so that a test can look for them."""


@pytest.fixture
def make_wave() -> Callable[..., Wave]:
    """`make_wave(document, …)`: an open wave that asks these compiled questionnaires."""

    def make(*asked: dict[str, Any]) -> Wave:
        today = timezone.localdate()
        survey = Survey.objects.create(key=f"survey-{uuid.uuid4().hex[:8]}", name="How are you?")
        wave = Wave.objects.create(
            survey=survey, name="Autumn", slug="autumn", state=WaveState.OPEN, opens_on=today,
            closes_on=today + datetime.timedelta(days=30),
        )  # fmt: skip
        for compiled in asked or (PLAIN,):
            add_version(wave, compiled)
        return wave

    return make


def add_version(wave: Wave, compiled: dict[str, Any]) -> None:
    """Let the wave ask this compiled questionnaire from now on."""
    questionnaire, _is_new = Questionnaire.objects.get_or_create(
        survey=wave.survey, phase=compiled["phase"], defaults={"year_groups": compiled["years"]}
    )
    version = Version.objects.create(questionnaire=questionnaire, number=compiled["version"], document=compiled)
    Version._base_manager.filter(pk=version.pk).update(state=VersionState.FROZEN)
    WaveVersion.objects.filter(wave=wave, version__questionnaire=questionnaire).update(is_current=False)
    WaveVersion.objects.create(wave=wave, version=version)
    wave.positions = grow(wave.positions, compiled)
    wave.save()


@pytest.fixture
def make_school() -> Callable[[str], School]:
    def make(name: str = "Hill School") -> School:
        return School.objects.get_or_create(name=name, defaults={"phase": "secondary"})[0]

    return make


@pytest.fixture
def make_lesson(make_school: Callable[[str], School]) -> Callable[..., ClassSession]:
    """`make_lesson(wave, present=…)`: an open class session."""

    def make(wave: Wave, *, present: int = 30, year_group: int = 8, school: School | None = None, **more: Any) -> Any:
        return ClassSession.objects.create(
            wave=wave, school=school or make_school(), year_group=year_group, present=present,
            state=SessionState.OPEN, opened_at=timezone.now(), link_hash=uuid.uuid4().hex,
            code=f"code-{uuid.uuid4().hex[:12]}", **more,
        )  # fmt: skip

    return make


@pytest.fixture
def on_file(transactional_db: None, tmp_path: Path) -> Iterator[Path | None]:
    """Real transactions on a database whose files can be read. SQLite: a copy of the test database in a file of its
    own, which is what the path says; PostgreSQL: the test database (None)."""
    if connection.vendor == "postgresql":
        _empty()
        yield None
        _empty()
        return
    path = tmp_path / "lesson.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    before, settings_before = connections[DEFAULT_DB_ALIAS], connections.settings[DEFAULT_DB_ALIAS]
    connections.settings[DEFAULT_DB_ALIAS] = {**before.settings_dict, "NAME": str(path)}
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield path
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS] = settings_before
        connections[DEFAULT_DB_ALIAS] = before


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(ANSWER_TABLES)}")
