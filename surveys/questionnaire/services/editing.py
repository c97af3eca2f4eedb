"""Changes to a draft: its first page, sections and questions. Every change asks first whether the version is a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify

from foundation.partnership.models import Subgroup

from ...errors import Frozen, SurveyError, WrongState
from ..approved import approved_questions, may_ask
from ..enums import OptionKind, QuestionKind, VersionState
from ..guards import REFUSAL
from ..models import GridRow, Option, Question, Section, Version
from ..stamps import stamp_of
from ..states import EDITABLE
from .building import build_question

WITH_OPTIONS = (QuestionKind.CHOICE, QuestionKind.CHOOSE_ALL, QuestionKind.GRID)


class ChangedMeanwhile(SurveyError):
    """Somebody else saved the same question or section after it was opened here."""


@dataclass(frozen=True)
class GivenOption:
    """One option as it was typed; `pk` of the option that it was before, if any."""

    text: str
    kind: str = OptionKind.ORDINARY
    symbol: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class GivenRow:
    """One row of a grid as it was typed."""

    text: str
    pk: int | None = None


@transaction.atomic
def save_intro(*, version: Version, intro: str) -> None:
    """What pupils read before they begin."""
    held = hold(version)
    held.intro = intro
    held.save(update_fields=["intro"])


@transaction.atomic
def save_section(*, version: Version, fields: Mapping[str, Any], section: Section | None, stamp: str = "") -> Section:
    """A new section at the end, or the changed one.

    Raises:
        ChangedMeanwhile: it says something else than when `stamp` was made.
    """
    hold(version)
    if section is None:
        last = version.sections.aggregate(last=Max("order"))["last"]
        return Section.objects.create(version=version, order=0 if last is None else last + 1, **fields)
    _compare(section, stamp)
    for name, value in fields.items():
        setattr(section, name, value)
    section.save()
    return section


@transaction.atomic
def save_question(
    *,
    section: Section,
    fields: Mapping[str, Any],
    options: Sequence[GivenOption],
    rows: Sequence[GivenRow],
    subgroups: Sequence[Subgroup],
    question: Question | None = None,
    stamp: str = "",
) -> Question:
    """A new question at the end of the section, or the changed one, with its options and rows in the order given.

    An option keeps its number for as long as it is there; a new one gets the number that the same words have under
    the same code elsewhere in the survey, else one that this code has never had.

    Raises:
        ChangedMeanwhile: it says something else than when `stamp` was made.
    """
    hold(section.version)
    if question is None:
        question = Question(section=section, order=_end_of(section))
    else:
        _compare(question, stamp)
        if question.section_id != section.pk:
            question.section, question.order = section, _end_of(section)
    before = question.code if question.pk else ""
    for name, value in fields.items():
        setattr(question, name, value)
    question.save()
    if before and before != question.code:
        _rename(section.version, before, question.code)
    question.subgroups.set(subgroups)
    _write_options(question, options if question.kind in WITH_OPTIONS else [])
    _write_rows(question, rows if question.kind == QuestionKind.GRID else [])
    return question


@transaction.atomic
def add_approved(*, section: Section, demographic: str) -> Question:
    """A characteristic of the approved list, with its options and translations, at the end of the section.

    Raises:
        SurveyError: this phase may not be asked it, or it is asked already.
    """
    version = hold(section.version)
    if not may_ask(demographic=demographic, phase=version.questionnaire.phase):
        raise SurveyError("This characteristic is not asked in this phase.")
    if Question.objects.filter(section__version=version, demographic=demographic).exists():
        raise SurveyError("This characteristic is asked already.")
    entry = approved_questions()[demographic]
    youngest = entry.get("minimum_year", 0)
    asked = section.year_groups or version.questionnaire.year_groups
    years = [year for year in asked if year >= youngest]
    if not years:
        raise SurveyError(f"This characteristic is for Year {youngest} and older; the section is not.")
    return build_question(
        section=section, entry={**entry, "years": [] if years == asked else years}, order=_end_of(section)
    )


@transaction.atomic
def delete_part(*, part: Section | Question) -> None:
    """Take a question, or a section with its questions, out of a draft."""
    hold(part.version if isinstance(part, Section) else part.section.version)
    part.delete()


@transaction.atomic
def move_part(*, part: Section | Question, up: bool) -> bool:
    """Put a section, or a question within its section, one place up or down; whether there was a place."""
    version = part.version if isinstance(part, Section) else part.section.version
    hold(version)
    rows: list[Any] = list(version.sections.all() if isinstance(part, Section) else part.section.questions.all())
    place = next(index for index, row in enumerate(rows) if row.pk == part.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows):
        type(row).objects.filter(pk=row.pk).exclude(order=order).update(order=order)
    return True


def hold(version: Version) -> Version:
    """Lock a draft for a change, and count the change.

    Raises:
        Frozen: it is in use.
        WrongState: it is with the Young Advisors, or reviewed.
    """
    held = Version.objects.select_for_update(of=("self",)).select_related("questionnaire__survey").get(pk=version.pk)
    if held.state == VersionState.FROZEN:
        raise Frozen(REFUSAL)
    if held.state not in EDITABLE:
        raise WrongState("Only a draft can be changed. Take this version back to draft first.")
    Version.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
    return held


def _compare(row: Question | Section, stamp: str) -> None:
    if stamp != stamp_of(type(row).objects.get(pk=row.pk)):
        raise ChangedMeanwhile(
            "Somebody else saved this while you were working on it. What you typed is still here. "
            "Look at what they wrote, then save again to keep yours."
        )


def _rename(version: Version, before: str, after: str) -> None:
    """Translations and routing follow a question whose code was changed in a draft."""
    Question.objects.filter(section__version=version, shown_if_code=before).update(shown_if_code=after)
    for wording in version.wordings.filter(key__startswith=f"question.{before}."):
        wording.key = wording.key.replace(before, after, 1)
        wording.save(update_fields=["key"])


def _end_of(section: Section) -> int:
    last = section.questions.aggregate(last=Max("order"))["last"]
    return 0 if last is None else int(last) + 1


def _write_options(question: Question, given: Sequence[GivenOption]) -> None:
    kept = {option.pk: option for option in question.options.all()}
    survey = question.section.version.questionnaire.survey_id
    known = Option.objects.filter(
        question__code=question.code, question__section__version__questionnaire__survey=survey
    ).values_list("value", "text")
    by_words = {text.strip().casefold(): value for value, text in known}
    used = {kept[each.pk].value for each in given if each.pk in kept}
    highest = max((value for value, _ in known), default=0)
    for pk, option in kept.items():
        if pk not in {each.pk for each in given}:
            option.delete()
    for order, each in enumerate(given):
        option = kept.get(each.pk or 0) or Option(question=question)
        if option.pk is None:
            value = by_words.get(each.text.strip().casefold(), 0)
            if not value or value in used:
                highest += 1
                value = highest
            used.add(value)
            option.value = value
        option.text, option.kind, option.symbol, option.order = each.text, each.kind, each.symbol, order
        option.save()


def _write_rows(question: Question, given: Sequence[GivenRow]) -> None:
    kept = {row.pk: row for row in question.rows.all()}
    for pk, row in kept.items():
        if pk not in {each.pk for each in given}:
            row.delete()
    taken = {row.key for pk, row in kept.items() if pk in {each.pk for each in given}}
    for order, each in enumerate(given):
        row = kept.get(each.pk or 0) or GridRow(question=question, key=_key_for(each.text, taken))
        taken.add(row.key)
        row.text, row.order = each.text, order
        row.save()


def _key_for(text: str, taken: set[str]) -> str:
    base = slugify(text)[:16].strip("-") or "row"
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 99))) if key not in taken)
