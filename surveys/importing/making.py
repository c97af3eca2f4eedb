"""Making what a map names and the site lacks: survey, frozen questionnaire, waves, schools."""

from collections.abc import Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from foundation.audit.services import record
from foundation.partnership.models import School

from ..collection.encoding import grow
from ..fieldwork.enums import WaveState
from ..fieldwork.models import Wave, WaveVersion
from ..fieldwork.services.waves import SchoolPlan, add_schools
from ..questionnaire.enums import VersionState
from ..questionnaire.models import Questionnaire, Section, Survey, Topic, Version
from ..questionnaire.reading import Block, Document
from ..questionnaire.services.building import build_question
from ..questionnaire.services.versions import freeze_version, start_version, take_step
from ..questionnaire.states import Act, Who
from ..years import Phase
from .mapping import ColumnMap, WavePlan

NOT_REVIEWED = "These answers were given elsewhere. The version says how they were read, and nobody is asked it."


@transaction.atomic
def make_wave(
    *, column_map: ColumnMap, plan: WavePlan, years_of: Mapping[str, frozenset[int]], by: AbstractBaseUser | None
) -> Wave:
    """An open wave with frozen versions and these schools (name -> year groups), made where they are missing."""
    survey, _is_new = Survey.objects.get_or_create(
        key=column_map.survey["key"],
        defaults={"name": column_map.survey["name"], "purpose": column_map.survey.get("purpose", "")},
    )
    versions = [_version(survey, column_map, phase, by) for phase in column_map.phases()]
    wave = Wave(
        survey=survey, name=plan.name, slug=plan.slug, opens_on=plan.opens_on, closes_on=plan.closes_on,
        is_demo=plan.is_practice, state=WaveState.OPEN,
    )  # fmt: skip
    for version in versions:
        wave.positions = grow(wave.positions, version.document or {})
    wave.save()
    WaveVersion.objects.bulk_create(WaveVersion(wave=wave, version=version) for version in versions)
    record(action="surveys.wave_planned", actor=by, subject=wave, facts={"survey": survey.key})
    phase = column_map.phase_of_new_schools
    plans = [
        SchoolPlan(School.objects.get_or_create(name=name, defaults={"phase": phase})[0], tuple(sorted(years)))
        for name, years in sorted(years_of.items())
    ]
    add_schools(wave=wave, schools=plans, by=by)
    return wave


def difference_from(column_map: ColumnMap, document: Document) -> str:
    """What in the map this compiled questionnaire does not ask, or asks in another way; empty when it fits."""
    asked = {question["code"]: question for section in document["sections"] for question in section["questions"]}
    wanted = column_map.document(Phase(document["phase"]))
    for section in wanted["sections"]:
        for question in section["questions"]:
            known = asked.get(question["code"])
            if known is None:
                return f"the wave does not ask {question['code']}"
            if not _answers_of(question) <= _answers_of(known):
                return f"{question['code']} has other answers there than in the map"
    return ""


def _answers_of(question: Block) -> set[tuple[str, object]]:
    number = question["number"] or {}
    return {
        ("kind", question["kind"]),
        ("number", (number.get("min"), number.get("max"))),
        *(("option", option["value"]) for option in question["options"]),
        *(("row", row["key"]) for row in question["rows"]),
    }


def _version(survey: Survey, column_map: ColumnMap, phase: Phase, by: AbstractBaseUser | None) -> Version:
    """The newest frozen version that asks just this, so that waves can be compared; else a new one."""
    questionnaire, _is_new = Questionnaire.objects.get_or_create(
        survey=survey, phase=phase.value, defaults={"year_groups": column_map.years_in(phase)}
    )
    for version in questionnaire.versions.filter(state=VersionState.FROZEN).order_by("-number"):
        if version.document and not difference_from(column_map, version.document):
            return version
    version = start_version(questionnaire=questionnaire, by=by)
    for order, mapped in enumerate(column_map.sections):
        topic, _is_new = Topic.objects.get_or_create(
            key=mapped.topic, defaults={"name": column_map.topics[mapped.topic], "order": 99}
        )
        section = Section.objects.create(
            version=version,
            key=mapped.key,
            title=mapped.title,
            topic=topic,
            is_sensitive=mapped.is_sensitive,
            order=order,
        )
        for place, question in enumerate(mapped.questions):
            build_question(section=section, entry=question.entry, order=place)
    take_step(version=version, act=Act.SKIP, who=Who.MANAGER, by=by, words=NOT_REVIEWED)
    return freeze_version(version=version, by=by)
