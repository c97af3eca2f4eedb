"""What attendance counts towards in the safeguarding standard, for the setting that somebody came from.

Only a setting that its owner named when booking, or an officer, is credited: what anybody types in public is words. That
somebody came is a fact that the partnership saw; what it shows is said by the course, item by item.
"""

from datetime import date as Day
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from ...errors import OwnSubmission
from ...quality.models import Answer, ChecklistItem, EvidenceCheck
from ...quality.services.assessments import may_answer
from ...quality.services.evidence import record_check, withdraw_check
from ..errors import ProgrammeError
from ..models import Booking, Course, Credit

Level = EvidenceCheck.Level


def last_day(course: Course, item: ChecklistItem, day: Day) -> Day | None:
    """Until when it counts for an item: the shorter of the certificate's months and the item's own; None: no end."""
    months = [number for number in (course.certificate_months, item.expires_after_months) if number]
    return day + relativedelta(months=min(months)) if months else None


def count_attendance(*, booking: Booking, by: Any) -> int:
    """Write down what this attendance shows; counted once, whatever is pressed twice. How many items were credited.

    What has run out by now, and what an officer would decide on their own setting, is kept in the training record alone.
    """
    course, setting = booking.date.course, booking.setting
    if setting is None or (course.only_leads_count and not booking.is_lead):
        return 0
    items = ChecklistItem.objects.filter(standard__is_current=True, code__in=course.items)
    made = 0
    for item in items:
        credit, is_new = Credit.objects.get_or_create(booking=booking, item_code=item.code)
        if not is_new:
            continue
        made += 1
        if item.code in course.counts_as_seen and may_answer(setting):
            credit.check_made = _check(booking, item, by)
            credit.save(update_fields=["check_made"])
        _look_again(booking, item)
    return made


def take_back_credits(*, booking: Booking, by: Any) -> None:
    """They did not come after all.

    Raises:
        ProgrammeError: the officer looks after the setting.
    """
    for credit in booking.credits.select_related("check_made__item", "check_made__setting"):
        check = credit.check_made
        credit.delete()
        if check is not None and check.withdrawn_on is None:
            try:
                withdraw_check(check=check, reason=str(booking.date.course), by=by)
            except OwnSubmission as error:
                raise ProgrammeError(str(error)) from error


def _check(booking: Booking, item: ChecklistItem, by: Any) -> EvidenceCheck | None:
    day, today = timezone.localdate(booking.date.starts_at), timezone.localdate()
    until = last_day(booking.date.course, item, day)
    if until is not None and (until < today or until <= day):
        return None
    setting = booking.setting
    assert setting is not None
    known = setting.evidence_checks.filter(
        item__code=item.code, level__in=[Level.SEEN, Level.VISITED], withdrawn_on__isnull=True
    )
    if any(check.expires_on is None or (until is not None and check.expires_on >= until) for check in known):
        # What is known already lasts longer; a shorter check would put it aside.
        return None
    try:
        return record_check(
            setting=setting, item=item, level=Level.SEEN, checked_on=day, expires_on=until,
            note=f"{booking.date.course.title}"[:250], by=by,
        )  # fmt: skip
    except OwnSubmission:
        return None


def _look_again(booking: Booking, item: ChecklistItem) -> None:
    """An answer of the setting that says otherwise is put before its owners again."""
    Answer.objects.filter(
        assessment__setting=booking.setting, item__code=item.code, value__in=[Answer.Value.PARTLY, Answer.Value.NOT_YET]
    ).update(needs_recheck=True)
