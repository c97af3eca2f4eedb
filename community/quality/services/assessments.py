"""The self-assessment of a setting: beginning it, answering it one question at a time, sending it."""

from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...clocks.dates import ASSESS_EVERY
from ...errors import ChangedMeanwhile, RegistryError, StepNotAllowed
from ...moderation.services.publishing import republish
from ...register.enums import SettingState
from ...register.merging import fingerprint
from ...register.models import Setting
from ...register.selectors.standing import standing_of
from ..applies import items_for
from ..models import Answer, ChecklistItem, EvidenceCheck, SelfAssessment
from ..selectors.assessment import current_standard, last_assessment, open_assessment, progress_of

Value = Answer.Value
Level = EvidenceCheck.Level
MAX_NOTE = 1_000
LATEST_TARGET = relativedelta(years=2)
_OVER = {SettingState.REMOVED, SettingState.ARCHIVED, SettingState.DECLINED, SettingState.OUT_OF_SCOPE}


class NoStandard(RegistryError):
    """The partnership has no current edition."""

    def __init__(self) -> None:
        super().__init__(_("There is no safeguarding standard to answer yet. The partnership is working on it."))


class NotAnswered(RegistryError):
    """Some questions are still open. `codes` names them."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(_("Some questions still need an answer before you can send this."))
        self.codes = codes


class AnswerRefused(RegistryError):
    """An answer lacks what goes with it. `field` says where."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def may_answer(setting: Setting) -> bool:
    """Whether its members can still work on the standard: while the record is not over, as they see it."""
    return standing_of(setting).state not in _OVER


@transaction.atomic
def begin_assessment(*, setting: Setting, by: Any) -> SelfAssessment:
    """The open self-assessment, made from the last answers where there is none.

    An open one of an earlier edition gives way to one of the current edition, with the answers whose codes are still
    asked. An answer that a change of the record reopened stays reopened; so does "partly" whose day has gone by.

    Raises:
        NoStandard: there is no current edition.
        StepNotAllowed: the record is over.
    """
    setting = locked(setting)
    standard = current_standard()
    if standard is None:
        raise NoStandard
    found = open_assessment(setting)
    if found is not None and found.standard_id == standard.pk:
        return found
    earlier = found or last_assessment(setting)
    answers = list(earlier.answers.select_related("item")) if earlier else []
    if found is not None:
        found.delete()
    assessment = SelfAssessment.objects.create(setting=setting, standard=standard)
    asked = {item.code: item for item in items_for(setting, standard)}
    today = timezone.localdate()
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment, item=asked[answer.item.code], value=answer.value, note=answer.note,
            target_date=answer.target_date,
            needs_recheck=answer.needs_recheck or (answer.value == Value.PARTLY and _is_over(answer.target_date, today)),
        )
        for answer in answers
        if answer.item.code in asked
    )  # fmt: skip
    audit.record(action="community.begin_assessment", actor=by, subject=setting, facts={"standard": standard.code})
    return assessment


@transaction.atomic
def save_answer(
    *,
    setting: Setting,
    code: str,
    value: str,
    note: str,
    target_date: date | None,
    seen: str,
    by: Any,
) -> Answer:
    """Keep the answer to one question. `seen` is the mark of the answer that the person was shown (`mark_of`).

    Raises:
        AnswerRefused: "partly" without a day to come, or "does not apply" without a reason.
        ChangedMeanwhile: a colleague answered it otherwise since then; `theirs` has their answer.
        RegistryError: the setting is not asked this question, or the record is over.
    """
    assessment = begin_assessment(setting=setting, by=by)
    setting = assessment.setting
    progress = progress_of(setting, assessment)
    question = progress.question(code) if progress else None
    if question is None:
        raise RegistryError(_("This question is not asked any more."))
    note = note.strip()[:MAX_NOTE]
    _check(value=value, note=note, target_date=target_date)
    wanted = {
        "value": value,
        "note": note,
        "target_date": target_date if value in {Value.PARTLY, Value.NOT_YET} else None,
    }
    stands = question.answer
    if mark_of(stands) != seen and (stands is None or _plain(stands) != wanted):
        raise ChangedMeanwhile(_plain(stands) if stands else {})
    answer, _made = Answer.objects.update_or_create(
        assessment=assessment, item=question.item, defaults={**wanted, "needs_recheck": False}
    )
    audit.record(
        action="community.answer_standard", actor=by, subject=setting, facts={"item": code, "value": str(value)}
    )
    return answer


def mark_of(answer: Answer | None) -> str:
    """A short mark of an answer, which travels in the form."""
    return fingerprint([f"{key}={value}" for key, value in _plain(answer).items()]) if answer else ""


@transaction.atomic
def submit_assessment(*, setting: Setting, by: Any) -> SelfAssessment:
    """Send it: what is in place becomes "they told us", what is not any more is withdrawn, and the listing follows.

    What officers have seen goes as well where the setting itself says that it is not in place. Sent answers are good
    for a year at the most.

    Raises:
        NotAnswered: a question is open, or must be looked at again.
        StepNotAllowed: nothing was begun, or the record is over.
    """
    setting = locked(setting)
    assessment = open_assessment(setting)
    progress = progress_of(setting, assessment)
    if assessment is None or progress is None:
        raise StepNotAllowed(_("This was sent already. Begin again to change an answer."))
    if not progress.is_complete:
        raise NotAnswered([each.item.code for each in progress.questions if not each.is_done])
    today = timezone.localdate()
    # What the record no longer asks was answered for a setting that is not this one any more.
    assessment.answers.exclude(item__in=[each.item.pk for each in progress.questions]).delete()
    assessment.submitted_at, assessment.submitted_by = timezone.now(), by
    assessment.expires_on = today + ASSESS_EVERY
    assessment.save(update_fields=["submitted_at", "submitted_by", "expires_on"])
    in_place = [each.item for each in progress.questions if each.answer and each.answer.value == Value.IN_PLACE]
    _restate(setting=setting, in_place=in_place, until=assessment.expires_on, by=by)
    audit.record(
        action="community.submit_assessment", actor=by, subject=setting,
        facts={"standard": assessment.standard.code, "in_place": len(in_place), "asked": progress.total},
    )  # fmt: skip
    republish(setting=setting, by=by)
    return assessment


def _restate(*, setting: Setting, in_place: list[ChecklistItem], until: date, by: Any) -> None:
    today = timezone.localdate()
    standing = EvidenceCheck.objects.filter(setting=setting, withdrawn_on__isnull=True)
    standing.filter(level=Level.TOLD).update(withdrawn_on=today)
    standing.exclude(item__code__in=[item.code for item in in_place]).update(withdrawn_on=today)
    EvidenceCheck.objects.bulk_create(
        EvidenceCheck(
            setting=setting, item=item, level=Level.TOLD, checked_on=today, expires_on=min(good_until(item, today) or until, until), by=by
        )
        for item in in_place
    )  # fmt: skip


def good_until(item: ChecklistItem, checked_on: date) -> date | None:
    """The last day of a check of this item; None where the standard sets none."""
    months = item.expires_after_months
    return checked_on + relativedelta(months=months) if months else None


def locked(setting: Setting) -> Setting:
    """The setting's row, held until the transaction ends.

    Raises:
        StepNotAllowed: the record is over.
    """
    setting = Setting.objects.held(setting.pk)
    if not may_answer(setting):
        raise StepNotAllowed(_("This record is closed, so nothing can be changed."))
    return setting


def _check(*, value: str, note: str, target_date: date | None) -> None:
    today = timezone.localdate()
    if value not in Value.values:
        raise AnswerRefused("value", _("Choose an answer"))
    if value == Value.NOT_APPLICABLE and not note:
        raise AnswerRefused("note", _("Say in a few words why this does not apply to you"))
    if value == Value.PARTLY and target_date is None:
        raise AnswerRefused("target_date", _("Say by when it will be in place"))
    if value in {Value.PARTLY, Value.NOT_YET} and target_date is not None:
        if target_date <= today:
            raise AnswerRefused("target_date", _("Choose a day that is still to come"))
        if target_date > today + LATEST_TARGET:
            raise AnswerRefused("target_date", _("Choose a day within the next two years"))


def _plain(answer: Answer) -> dict[str, Any]:
    return {"value": answer.value, "note": answer.note, "target_date": answer.target_date}


def _is_over(day: date | None, today: date) -> bool:
    return day is None or day < today + timedelta(days=1)
