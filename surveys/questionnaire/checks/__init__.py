"""What must be put right, and what should be looked at, before a wave can open. Everything is read from the document."""

from typing import TYPE_CHECKING

from ..document import compile_document
from ..models import Survey, Version
from . import codes, groups, routing, shapes, suitability, translations, wording
from .problem import Problem, Severity

if TYPE_CHECKING:
    from ...fieldwork.models import Wave

__all__ = ["Problem", "Severity", "problems_of"]


def problems_of(version: Version, wave: "Wave | None" = None) -> list[Problem]:
    """Every problem of this version, those that stop a wave first; with a wave, also the groups that it would make.

    A frozen version is judged by the document that was asked.
    """
    document = version.document or compile_document(version)
    is_consultation = version.questionnaire.survey.kind == Survey.Kind.CONSULTATION
    found = [
        *shapes.problems(document, is_consultation=is_consultation),
        *routing.problems(document),
        *codes.problems(document, _other_phase(version, wave)),
        *suitability.problems(document, _youngest_years(version)),
        *wording.problems(document),
        *translations.problems(version),
    ]
    if wave is not None:
        found += groups.problems(document, groups.pupils_by_year(wave))
    return sorted(found, key=lambda problem: problem.severity != Severity.STOP)


def _youngest_years(version: Version) -> dict[str, int]:
    rows = version.sections.values_list("questions__code", "questions__minimum_year")
    return {code: year for code, year in rows if code}


def _other_phase(version: Version, wave: "Wave | None") -> list[dict[str, object]]:
    """The documents of the survey's other phases: what this wave asks them, else their newest version."""
    others = version.questionnaire.survey.questionnaires.exclude(pk=version.questionnaire_id)
    documents = []
    for other in others:
        versions = other.versions.order_by("-number")
        if wave is not None:
            asked = wave.versions.filter(is_current=True).values("version")
            versions = versions.filter(pk__in=asked) or versions
        newest = versions.first()
        if newest is not None:
            documents.append(newest.document or compile_document(newest))
    return documents
