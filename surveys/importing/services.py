"""Taking in a file of coded answers: looked through first, then through the holding table and the shuffle, all or nothing."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from foundation.audit.services import record
from foundation.partnership.models import School

from ..collection.encoding import grow
from ..collection.models import Begun
from ..collection.services import flush_session
from ..collection.services.cleaning import clean_if_quiet
from ..collection.stores import sealer, store
from ..errors import NotReady, WrongState
from ..fieldwork.counting import FEWEST, nearest_five
from ..fieldwork.enums import SessionState, WaveState
from ..fieldwork.models import ClassSession, Wave
from ..fieldwork.readiness import PRACTICE_ONLY
from ..fieldwork.services.waves import close_wave
from ..questionnaire.models import Questionnaire, Survey
from ..years import Phase, phase_of
from .making import difference_from, make_wave
from .mapping import ColumnMap, WavePlan
from .reading import Place, Reader, Tally, Target

AT_ONCE = 4_000
"""Rows kept in memory before they go into the holding table."""
ANSWERED = (
    SessionState.OPEN, SessionState.CLOSING, SessionState.SEALED, SessionState.POOLED, SessionState.LOST
)  # fmt: skip


@dataclass(frozen=True)
class TooFew:
    """What of a wave is too little to stand by school and year group. `groups` have under ten rows; they are merged to
    their phase, and `lost` rows are counted only, where they are under ten there too."""

    groups: int
    rows: int
    lost: int


@dataclass
class Found:
    """What a file would bring. Nothing was taken in."""

    tally: Tally
    waves: Mapping[str, WavePlan]
    silent: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """(wave, school) as the file has them -> questions taken as not asked there, since nobody answered them."""
    new_waves: list[str] = field(default_factory=list)
    new_schools: list[str] = field(default_factory=list)

    def too_few(self, wave: str) -> TooFew:
        """Groups of a wave (by the value of its column) that are under ten."""
        small = {place: rows for place, rows in self.tally.groups.items() if place.wave == wave and rows < FEWEST}
        phases: Counter[Phase] = Counter()
        for place, rows in small.items():
            phases[phase_of(place.year_group)] += rows
        merged = {
            phase_of(place.year_group): rows
            for place, rows in self.tally.groups.items()
            if place.wave == wave and not place.school and rows >= FEWEST
        }
        lost = sum(rows for phase, rows in phases.items() if rows + merged.get(phase, 0) < FEWEST)
        return TooFew(len(small), sum(small.values()), lost)


def look_through(*, path: Path, column_map: ColumnMap) -> Found:
    """Read the whole file, change nothing: mistakes, and how many rows each school and year group would have."""
    targets, schools = _targets(column_map), _schools()
    reader = Reader(path, column_map, targets, schools)
    for _row in reader:
        pass
    found = Found(reader.tally, column_map.waves)
    if column_map.silence_is_not_asked:
        codes = {question.code for question in reader.questions}
        silences = {source: frozenset(codes - answered) for source, answered in reader.tally.answered.items()}
        found.silent = {source: silent for source, silent in silences.items() if silent}
    waves = {place.wave for place in reader.tally.groups}
    found.new_waves = [
        plan.name for cell, plan in column_map.waves.items() if cell in waves and _wave(column_map, plan) is None
    ]
    names = {place.school for place in reader.tally.groups if place.school}
    found.new_schools = sorted(name for name in names if name.casefold() not in schools)
    return found


def take_in_answers(*, path: Path, column_map: ColumnMap, by: AbstractBaseUser | None = None) -> Found:
    """Take in every row, or none. A wave that was made for it, or whose last day is over, is closed afterwards.

    Raises:
        NotReady: the file or its waves have mistakes; all are said.
        WrongState: a wave got answers from elsewhere meanwhile.
    """
    found = look_through(path=path, column_map=column_map)
    if found.tally.problems:
        raise NotReady(found.tally.problems)
    with transaction.atomic():
        waves = _waves_for(found, column_map, by)
        if sealer() == connection.alias:
            _hold_and_seal(path, column_map, waves, found, by)
    if sealer() != connection.alias:
        # Another role, another connection: it sees the waves only once they are there.
        _hold_and_seal(path, column_map, waves, found, by)
    for wave in waves.values():
        if wave.closes_on < timezone.localdate():
            close_wave(wave=wave, by=by)
    clean_if_quiet()
    return found


def _hold_and_seal(
    path: Path, column_map: ColumnMap, waves: Mapping[str, Wave], found: Found, by: AbstractBaseUser | None
) -> None:
    """One class session for each school and year group; its rows are held, and flushed in the same transaction."""
    alias = sealer()
    held = store(alias)
    reader = Reader(path, column_map, _targets(column_map), _schools(), found.silent)
    sessions: dict[Place, ClassSession] = {}
    waiting: dict[Place, list[str]] = defaultdict(list)
    count = 0
    with transaction.atomic(using=alias):
        for wave in waves.values():
            held.lock(f"import {wave.pk}")
            if _has_answers(wave):
                raise WrongState(_refusal(wave))
        ids = dict(School.objects.values_list("name", "pk"))
        for place, answers in reader:
            waiting[place].append(answers)
            count += 1
            if count % AT_ONCE == 0:
                _hold(waiting, sessions, waves, ids, found)
        _hold(waiting, sessions, waves, ids, found)
        if reader.tally.problems or reader.tally.groups != found.tally.groups:
            raise NotReady(["The file changed while it was read. Nothing was taken in; start again."])
        for session in sessions.values():
            flush_session(session=session)
    for cell, wave in waves.items():
        rows = sum(rows for place, rows in found.tally.groups.items() if place.wave == cell)
        record(action="surveys.answers_imported", actor=by, subject=wave, facts={"rows": nearest_five(rows)})


def _hold(
    waiting: dict[Place, list[str]], sessions: dict[Place, ClassSession], waves: Mapping[str, Wave], ids: dict[str, int],
    found: Found,
) -> None:  # fmt: skip
    alias = sealer()
    for place, rows in waiting.items():
        if place not in sessions:
            sessions[place] = _session(place, waves[place.wave], ids, found.tally.groups[place])
            Begun.objects.using(alias).create(session_id=sessions[place].pk)
        store(alias).hold_many(sessions[place].pk, rows)
    waiting.clear()


def _session(place: Place, wave: Wave, ids: dict[str, int], rows: int) -> ClassSession:
    return ClassSession.objects.using(sealer()).create(
        wave_id=wave.pk, school_id=ids[place.school] if place.school else None, year_group=place.year_group,
        label="Imported", present=rows, state=SessionState.OPEN, opened_at=timezone.now(), held_on=wave.opens_on,
        link_hash=secrets.token_hex(32),
    )  # fmt: skip


def _waves_for(found: Found, column_map: ColumnMap, by: AbstractBaseUser | None) -> dict[str, Wave]:
    """Value of the wave's column -> the wave, made where there is none."""
    years: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for place in found.tally.groups:
        if place.school:
            years[place.wave][place.school].add(place.year_group)
    waves = {}
    for cell in sorted({place.wave for place in found.tally.groups}):
        plan = column_map.waves[cell]
        places = {name: frozenset(of_school) for name, of_school in years[cell].items()}
        waves[cell] = _wave(column_map, plan) or make_wave(column_map=column_map, plan=plan, years_of=places, by=by)
    return waves


def _targets(column_map: ColumnMap) -> dict[str, Target]:
    return {cell: _target(column_map, plan) for cell, plan in column_map.waves.items()}


def _target(column_map: ColumnMap, plan: WavePlan) -> Target:
    wave = _wave(column_map, plan)
    if wave is None:
        documents = {phase.value: column_map.document(phase) for phase in column_map.phases()}
        positions: list[list[str]] = []
        for document in documents.values():
            positions = grow(positions, document)
        return Target(documents, positions, None, _refusal_to_make(column_map, plan))
    documents = {
        asked.version.questionnaire.phase: asked.version.document or {}
        for asked in wave.versions.filter(is_current=True).select_related("version__questionnaire")
    }
    places = {
        each.school.name.casefold(): frozenset(int(year) for year in each.year_groups)
        for each in wave.schools.select_related("school")
    }
    return Target(documents, wave.positions, places, _refusal(wave) or _misfit(column_map, documents))


def _refusal(wave: Wave) -> str:
    """Why nothing can be taken into this wave; empty when it can."""
    if _has_answers(wave):
        return (
            f"“{wave.name}” has answers already, and an import goes in once: afterwards nobody can tell which answers came "
            "from where. Name another wave in the map"
        )
    if wave.state != WaveState.OPEN:
        return f"“{wave.name}” is not open ({wave.get_state_display().lower()}). Answers are taken in while it is"
    return ""


def _refusal_to_make(column_map: ColumnMap, plan: WavePlan) -> str:
    if connection.vendor != "postgresql" and not plan.is_practice:
        return f"“{plan.name}” cannot be made. {PRACTICE_ONLY} Write “practice: true” in the map if it is"
    for phase in column_map.phases():
        known = Questionnaire.objects.filter(survey__key=column_map.survey["key"], phase=phase.value).first()
        others = set(column_map.years_in(phase)) - {int(year) for year in known.year_groups} if known else set()
        if others:
            return f"The {phase.label} questionnaire of this survey is not for year group {min(others)}"
    return ""


def _misfit(column_map: ColumnMap, documents: Mapping[str, dict[str, object]]) -> str:
    problems = [difference_from(column_map, document) for document in documents.values() if document]
    found = next((problem for problem in problems if problem), "")
    return f"The map does not fit the wave's questionnaire: {found}" if found else ""


def _has_answers(wave: Wave) -> bool:
    return ClassSession.objects.using(sealer()).filter(wave_id=wave.pk, state__in=ANSWERED).exists()


def _wave(column_map: ColumnMap, plan: WavePlan) -> Wave | None:
    survey = Survey.objects.filter(key=column_map.survey["key"]).first()
    return Wave.objects.filter(survey=survey, slug=plan.slug).first() if survey else None


def _schools() -> dict[str, str]:
    return {name.casefold(): name for name in School.objects.values_list("name", flat=True)}
