"""Versions: made, copied, sent to review, frozen."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from foundation.audit import services as audit

from ...errors import WrongState
from ..document import compile_document
from ..enums import VersionState
from ..models import GridRow, Option, Question, Questionnaire, Section, Version, Wording
from ..states import STEPS, Act, Who, can


@transaction.atomic
def start_version(*, questionnaire: Questionnaire, by: AbstractBaseUser | None = None) -> Version:
    """A new, empty version of this questionnaire."""
    version = Version.objects.create(questionnaire=questionnaire, number=_next_number(questionnaire))
    audit.record(action="surveys.version_started", actor=by, subject=version)
    return version


@transaction.atomic
def copy_version(*, version: Version, by: AbstractBaseUser | None = None) -> Version:
    """A new draft with all that this version asks, in all its languages: how a frozen one is corrected."""
    source = Version.objects.get(pk=version.pk)
    copy = Version.objects.create(
        questionnaire=source.questionnaire, number=_next_number(source.questionnaire), intro=source.intro
    )
    for section in source.sections.prefetch_related("questions__options", "questions__rows", "questions__subgroups"):
        _copy_section(section, copy)
    Wording.objects.bulk_create(
        Wording(version=copy, language=w.language, key=w.key, text=w.text, english=w.english)
        for w in source.wordings.all()
    )
    audit.record(
        action="surveys.version_copied", actor=by, subject=copy, facts={"from": source.number, "to": copy.number}
    )
    return copy


@transaction.atomic
def take_step(*, version: Version, act: Act, who: Who, by: AbstractBaseUser | None = None, words: str = "") -> Version:
    """Move a version on by the table of `states.py`; `words` is what was said, or why the review was skipped.

    Raises:
        WrongState: the step does not lead on from here, or lacks the words that it needs.
    """
    step = STEPS[act]
    held = Version.objects.select_for_update().get(pk=version.pk)
    if not can(act, state=held.state, who=who):
        state = VersionState(held.state).label
        raise WrongState(f"“{step.label}” cannot be done now: this version is “{state}”. Reload the page.")
    said = words.strip()
    if step.needs_words and not said:
        raise WrongState("Write at least a sentence: it is kept with the version and shown in its history.")
    if act == Act.FREEZE:
        held.document = compile_document(held)
    if act == Act.REVIEW:
        held.young_advisors_said, held.review_skipped_because = said, ""
    if act == Act.SKIP:
        held.young_advisors_said, held.review_skipped_because = "", said
    if step.target == VersionState.REVIEWED:
        held.reviewed_on = timezone.localdate()
    held.state = step.target
    held.save()
    audit.record(
        action=f"surveys.version_{act.value.replace('-', '_')}",
        actor=by,
        subject=held,
        facts={"version": held.number, "state": str(held.state)},
        note=said,
    )
    return held


def freeze_version(*, version: Version, by: AbstractBaseUser | None = None) -> Version:
    """Freeze a reviewed version for a wave that opens: its document is written, and nothing of it changes any more.

    A version that is frozen already stays as it is, so that a second wave may ask it again.

    Raises:
        WrongState: it was not reviewed.
    """
    version.refresh_from_db()
    if version.state == VersionState.FROZEN:
        return version
    return take_step(version=version, act=Act.FREEZE, who=Who.WAVE, by=by)


def _next_number(questionnaire: Questionnaire) -> int:
    last = questionnaire.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _copy_section(section: Section, version: Version) -> None:
    questions = list(section.questions.all())
    section.pk, section.version = None, version
    section._state.adding = True
    section.save()
    for question in questions:
        _copy_question(question, section)


def _copy_question(question: Question, section: Section) -> None:
    options, rows, subgroups = list(question.options.all()), list(question.rows.all()), list(question.subgroups.all())
    question.pk, question.section = None, section
    question._state.adding = True
    question.save()
    question.subgroups.set(subgroups)
    Option.objects.bulk_create(
        Option(question=question, value=o.value, text=o.text, symbol=o.symbol, kind=o.kind, order=o.order)
        for o in options
    )
    GridRow.objects.bulk_create(GridRow(question=question, key=r.key, text=r.text, order=r.order) for r in rows)
