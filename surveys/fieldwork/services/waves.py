"""Waves: planned, opened with frozen versions, corrected, closed."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from foundation.audit.services import record
from foundation.partnership.models import School

from ...collection.encoding import grow
from ...collection.services import finish_where_allowed
from ...errors import NotReady, WrongState
from ...questionnaire.enums import VersionState
from ...questionnaire.models import Survey, Version
from ...questionnaire.services.versions import freeze_version
from ...years import TAUGHT, phase_of
from ..enums import WaveState
from ..models import Wave, WaveSchool, WaveVersion
from ..readiness import problems_of_correction, problems_of_wave, rewordings_of
from ..states import TAKING, WaveAct, wave_after


@dataclass(frozen=True)
class SchoolPlan:
    """A school that takes part: the years that it asks, and how many pupils each has on roll, as far as it told us."""

    school: School
    year_groups: tuple[int, ...]
    pupils_on_roll: dict[int, int] = field(default_factory=dict)


@transaction.atomic
def plan_wave(
    *,
    survey: Survey,
    name: str,
    opens_on: datetime.date,
    closes_on: datetime.date,
    versions: Iterable[Version] = (),
    is_demo: bool = False,
    by: AbstractBaseUser | None = None,
) -> Wave:
    """A new run of a survey, to be prepared.

    Raises:
        NotReady: the days are in the wrong order, or the name was used before.
    """
    problems = []
    if closes_on < opens_on:
        problems.append("The last day must not be before the first.")
    slug = slugify(name)[:60]
    if not slug or Wave.objects.filter(survey=survey, slug=slug).exists():
        problems.append("Choose another name: a wave of this survey has it already.")
    if problems:
        raise NotReady(problems)
    wave = Wave.objects.create(
        survey=survey, name=name, slug=slug, opens_on=opens_on, closes_on=closes_on, is_demo=is_demo
    )
    set_versions(wave=wave, versions=versions)
    record(action="surveys.wave_planned", actor=by, subject=wave, facts={"survey": survey.key})
    return wave


@transaction.atomic
def change_wave(
    *, wave: Wave, name: str, opens_on: datetime.date, closes_on: datetime.date, by: AbstractBaseUser | None = None
) -> Wave:
    """Another name or other days; the name in addresses stays.

    Raises:
        NotReady: the days are in the wrong order.
        WrongState: the wave is over.
    """
    held = _locked(wave)
    if held.state not in {WaveState.PLANNED, WaveState.OPEN}:
        raise WrongState("This wave is over: its name and days stay as they were.")
    if closes_on < opens_on:
        raise NotReady(["The last day must not be before the first."])
    held.name, held.opens_on, held.closes_on = name, opens_on, closes_on
    held.save(update_fields=["name", "opens_on", "closes_on"])
    record(
        action="surveys.wave_changed",
        actor=by,
        subject=held,
        facts={"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()},
    )
    return held


@transaction.atomic
def set_versions(*, wave: Wave, versions: Iterable[Version]) -> None:
    """Say what a wave will ask: one version for each phase.

    Raises:
        WrongState: the wave was opened; then only a correction changes what it asks.
        NotReady: two versions for one phase, or one of another survey.
    """
    if wave.state != WaveState.PLANNED:
        raise WrongState("This wave was opened. Correct a version instead.")
    chosen = list(versions)
    if any(version.questionnaire.survey_id != wave.survey_id for version in chosen):
        raise NotReady(["A version belongs to another survey."])
    if len({version.questionnaire_id for version in chosen}) < len(chosen):
        raise NotReady(["Choose one version for each phase."])
    wave.versions.all().delete()
    WaveVersion.objects.bulk_create(WaveVersion(wave=wave, version=version) for version in chosen)


@transaction.atomic
def add_schools(*, wave: Wave, schools: Iterable[SchoolPlan], by: AbstractBaseUser | None = None) -> tuple[int, int]:
    """Add schools, or change the years and pupils of those that take part; how many were (added, changed).

    Raises:
        WrongState: the wave is over.
    """
    if _locked(wave).state not in {WaveState.PLANNED, WaveState.OPEN}:
        raise WrongState("This wave is over. No school can be added to it.")
    added = changed = 0
    for plan in schools:
        if plan.school.pk is None:
            plan.school.save()
        roll = {str(year): pupils for year, pupils in sorted(plan.pupils_on_roll.items())}
        row, is_new = WaveSchool.objects.get_or_create(
            wave=wave,
            school=plan.school,
            defaults={"year_groups": sorted(plan.year_groups), "pupils_on_roll": roll},
        )
        added += is_new
        wanted = (sorted(plan.year_groups), roll or row.pupils_on_roll)
        if not is_new and (row.year_groups, row.pupils_on_roll) != wanted:
            row.year_groups, row.pupils_on_roll = wanted
            row.save(update_fields=["year_groups", "pupils_on_roll"])
            changed += 1
    record(action="surveys.schools_added", actor=by, subject=wave, facts={"added": added, "changed": changed})
    return added, changed


@transaction.atomic
def remove_school(*, taking_part: WaveSchool, by: AbstractBaseUser | None = None) -> None:
    """Take a school out of a wave.

    Raises:
        WrongState: it has class sessions.
    """
    wave = taking_part.wave
    if wave.sessions.filter(school=taking_part.school).exists():
        raise WrongState(f"{taking_part.school} has class sessions in this wave. Remove those first.")
    record(action="surveys.school_removed", actor=by, subject=wave, facts={"school": taking_part.school_id})
    taking_part.delete()


@transaction.atomic
def set_details(
    *,
    taking_part: WaveSchool,
    help_at_school: str,
    reply_to: str,
    opt_out_by: datetime.date | None,
    by: AbstractBaseUser | None = None,
) -> WaveSchool:
    """What the school's letters and cards say: whom pupils can talk to, where and by when parents reply."""
    taking_part.help_at_school, taking_part.reply_to, taking_part.opt_out_by = help_at_school, reply_to, opt_out_by
    taking_part.save(update_fields=["help_at_school", "reply_to", "opt_out_by"])
    record(
        action="surveys.school_details_changed",
        actor=by,
        subject=taking_part.wave,
        facts={"school": taking_part.school_id},
    )
    return taking_part


@transaction.atomic
def open_wave(*, wave: Wave, by: AbstractBaseUser | None = None) -> Wave:
    """Freeze what it asks, fix the codebook, and let class sessions begin.

    Raises:
        WrongState: it is not being prepared.
        NotReady: something must be put right first.
    """
    held = _locked(wave)
    target = wave_after(held.state, WaveAct.OPEN)
    if problems := problems_of_wave(held, vendor=connection.vendor):
        raise NotReady(problems)
    for asked in held.versions.select_related("version__questionnaire").order_by("version__questionnaire__phase"):
        version = freeze_version(version=asked.version, by=by)
        held.positions = grow(held.positions, _document(version))
    held.state = target
    held.save(update_fields=["state", "positions"])
    record(action="surveys.wave_opened", actor=by, subject=held, facts={"schools": held.schools.count()})
    return held


@transaction.atomic
def correct_wave(
    *, wave: Wave, version: Version, same_meaning: Collection[str] = (), by: AbstractBaseUser | None = None
) -> Wave:
    """Ask a corrected version from now on. Pages that show the old one may still send: the codebook only grows.

    Args:
        same_meaning: keys of the rewordings (`readiness.rewordings_of`) that somebody has read and says mean the same.

    Raises:
        WrongState: the wave is not open.
        NotReady: the version is not ready, asks another phase, gives an old code another meaning, or has other words
            that nobody has said mean the same.
    """
    held = _locked(wave)
    wave_after(held.state, WaveAct.CORRECT)
    if problems := problems_of_correction(held, version):
        raise NotReady(problems)
    reworded = rewordings_of(held, version)
    if unread := [text for text in reworded if text.key not in same_meaning]:
        raise NotReady([f"{text} Say that both mean the same, or give the question a new code." for text in unread])
    frozen = freeze_version(version=version, by=by)
    held.versions.filter(version__questionnaire_id=version.questionnaire_id).update(is_current=False)
    WaveVersion.objects.update_or_create(wave=held, version=frozen, defaults={"is_current": True})
    held.positions = grow(held.positions, _document(frozen))
    held.save(update_fields=["positions"])
    record(
        action="surveys.wave_corrected",
        actor=by,
        subject=held,
        facts={
            "phase": str(frozen.questionnaire.phase),
            "version": frozen.number,
            "said_to_mean_the_same": sorted({text.code for text in reworded}),
        },
    )
    return held


def close_wave(*, wave: Wave, by: AbstractBaseUser | None = None) -> Wave:
    """End a wave: nothing is taken any more, and what is still too few is merged to its phase or counted only.

    Raises:
        WrongState: it is not open, or a class session still is.
    """
    with transaction.atomic():
        held = _locked(wave)
        target = wave_after(held.state, WaveAct.CLOSE)
        if count := held.sessions.filter(state__in=TAKING).count():
            raise WrongState(
                f"{_classes(count)} still open. Close them first, or wait: an open session is sealed after two hours."
            )
        held.state, held.closed_on = target, timezone.localdate()
        held.save(update_fields=["state", "closed_on"])
        record(action="surveys.wave_closed", actor=by, subject=held)
    # After the commit: sealing has a connection of its own on PostgreSQL, which would wait for our lock for ever. Where this
    # process may read no answer, or is cut off here, the chores finish the wave within minutes.
    finish_where_allowed(wave=held)
    return held


def years_of_school(school: School, year_groups: Sequence[int]) -> tuple[int, ...]:
    """Of the year groups that a survey asks, those that a school of this kind teaches."""
    if school.phase in {School.Phase.PRIMARY, School.Phase.SECONDARY}:
        return tuple(sorted(year for year in year_groups if phase_of(year).value == school.phase))
    return tuple(sorted(year for year in year_groups if year in TAUGHT))


def _document(version: Version) -> dict[str, Any]:
    document = version.document
    if version.state != VersionState.FROZEN or document is None:
        raise NotReady([f"{version} could not be frozen."])
    return document


def _locked(wave: Wave) -> Wave:
    return Wave.objects.select_for_update(of=("self",)).select_related("survey").get(pk=wave.pk)


def _classes(count: int) -> str:
    return "One class session is" if count == 1 else f"{count} class sessions are"
