"""Running the clocks: reminders, lapsing, and deleting what was kept long enough.

Running them twice in a day, or twice at once, does nothing twice: a reminder is a row that can be written once, and a
lapse is a step of the state table. A day on which they did not run is made up for by one mail, not by several.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..moderation.models import StateChange
from ..moderation.services.concerns import owner_knows_of_suspension
from ..moderation.services.reshaping import republish_older_shapes
from ..moderation.services.steps import take_step
from ..moderation.states import Act, Who
from ..quality.models import EvidenceCheck, EvidenceFile, SelfAssessment
from ..quality.services.evidence import KEEP_AFTER_DECISION
from ..register.enums import OVER, SettingState
from ..register.models import Setting
from .concerns import remind_leads
from .dates import EVIDENCE_REMIND_DAYS_BEFORE, LAPSE_AFTER, REMIND_DAYS_BEFORE
from .mails import send_assess_reminder, send_confirm_reminder, send_evidence_reminder, send_lapsed
from .models import Reminder
from .watching import tell_watchers


@dataclass
class ClockRun:
    """What one run did."""

    confirm_reminders: int = 0
    assess_reminders: int = 0
    evidence_reminders: int = 0
    lapsed: int = 0
    files_deleted: int = 0
    watch_mails: int = 0
    lead_mails: int = 0
    reshaped: int = 0


def run_clocks(*, today: date | None = None) -> ClockRun:
    """Do all that is due by this day in London. Each setting is a transaction of its own: one fault stops one."""
    today = today or timezone.localdate()
    run = ClockRun()
    for setting in _seen_as_listed().filter(confirm_due__lte=today - LAPSE_AFTER):
        run.lapsed += _lapse(setting, today)
    first = today + timedelta(days=max(REMIND_DAYS_BEFORE))
    for setting in _seen_as_listed().filter(confirm_due__lte=first, confirm_due__gt=today - LAPSE_AFTER):
        run.confirm_reminders += _remind_to_confirm(setting, today)
    run.assess_reminders = _remind_to_assess(today, first)
    run.evidence_reminders = _remind_of_evidence(today)
    run.files_deleted = _delete_files(today)
    run.watch_mails = tell_watchers(today=today)
    run.lead_mails = remind_leads(today=today)
    run.reshaped = republish_older_shapes()
    return run


def _seen_as_listed() -> "QuerySet[Setting]":
    """Listed settings, and those whose owners still believe so: a missing reminder would tell them of a suspension."""
    return Setting.objects.filter(
        Q(state=SettingState.LISTED) | Q(state=SettingState.SUSPENDED, state_before_suspension=SettingState.LISTED)
    )


def _stage(due: date, today: date, stages: Iterable[int]) -> int | None:
    """The reminder that should have gone out by now: the one nearest to the due date; None where none is due yet."""
    return min((days for days in stages if today >= due - timedelta(days=days)), default=None)


def _claim(setting: Setting, kind: str, due: date, stage: int, about: str = "") -> bool:
    """Whether this reminder is ours to send: the database lets one writer make the row."""
    try:
        with transaction.atomic():
            Reminder.objects.create(setting=setting, kind=kind, about=about, due_on=due, days_before=stage)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def _remind_to_confirm(setting: Setting, today: date) -> int:
    due = setting.confirm_due
    stage = _stage(due, today, REMIND_DAYS_BEFORE) if due else None
    if due is None or stage is None or owner_knows_of_suspension(setting):
        return 0
    if not _claim(setting, Reminder.Kind.CONFIRM, due, stage):
        return 0
    if Setting.objects.held(setting.pk).confirm_due != due:
        return 0  # confirmed since the list was read
    send_confirm_reminder(setting=setting, today=today)
    return 1


@transaction.atomic
def _lapse(setting: Setting, today: date) -> int:
    setting = Setting.objects.held(setting.pk)
    if setting.confirm_due is None or setting.confirm_due > today - LAPSE_AFTER:
        return 0  # confirmed since the list was read
    reason = _("Not confirmed in time.")
    if setting.state == SettingState.LISTED:
        take_step(setting=setting, act=Act.LAPSE, by=None, who=Who.CLOCK, reason=reason)
    elif setting.state_before_suspension == SettingState.LISTED:
        # What the owner sees goes on as it would have; lifting the suspension leads back to it.
        setting.state_before_suspension = SettingState.LAPSED
        setting.save(update_fields=["state_before_suspension", "updated_at"])
        StateChange.objects.create(
            setting=setting, act=Act.LAPSE.value, from_state=SettingState.LISTED, to_state=SettingState.LAPSED,
            reason=reason,
        )  # fmt: skip
    else:
        return 0
    if not owner_knows_of_suspension(setting):
        send_lapsed(setting=setting)
    return 1


def _remind_to_assess(today: date, first: date) -> int:
    latest = (
        SelfAssessment.objects.filter(submitted_at__isnull=False, setting__in=_seen_as_listed())
        .values("setting")
        .annotate(due=Max("expires_on"))
        .filter(due__lte=first, due__gt=today - LAPSE_AFTER)
    )
    due_by_setting = {row["setting"]: row["due"] for row in latest}
    sent = 0
    for setting in Setting.objects.filter(pk__in=due_by_setting):
        due = due_by_setting[setting.pk]
        stage = _stage(due, today, REMIND_DAYS_BEFORE)
        if stage is None or owner_knows_of_suspension(setting):
            continue
        with transaction.atomic():
            if _claim(setting, Reminder.Kind.ASSESS, due, stage):
                send_assess_reminder(setting=setting, due=due)
                sent += 1
    return sent


def _remind_of_evidence(today: date) -> int:
    """One mail a setting for all that runs out, each thing once 30 days before and once on the day."""
    first = today + timedelta(days=max(EVIDENCE_REMIND_DAYS_BEFORE))
    ending = EvidenceCheck.objects.filter(
        setting__in=_seen_as_listed(), withdrawn_on__isnull=True, expires_on__range=(today, first)
    ).select_related("setting", "item")
    by_setting: dict[Setting, list[EvidenceCheck]] = defaultdict(list)
    for check in ending:
        by_setting[check.setting].append(check)
    sent = 0
    for setting, checks in by_setting.items():
        if owner_knows_of_suspension(setting):
            continue
        with transaction.atomic():
            fresh = [check for check in checks if _claim_evidence(setting, check, today)]
            if fresh:
                send_evidence_reminder(setting=setting, checks=fresh)
                sent += 1
    return sent


def _claim_evidence(setting: Setting, check: EvidenceCheck, today: date) -> bool:
    if check.expires_on is None:
        return False
    stage = _stage(check.expires_on, today, EVIDENCE_REMIND_DAYS_BEFORE)
    return stage is not None and _claim(
        setting, Reminder.Kind.EVIDENCE, check.expires_on, stage, about=f"{check.item.code}-{check.pk}"
    )


def _delete_files(today: date) -> int:
    """Delete evidence whose time is over; that it was seen stays in `EvidenceCheck`.

    Of a record that has ended nobody decides on what waits, so it goes as long after the end as after a decision.
    """
    ended = timezone.make_aware(datetime.combine(today - KEEP_AFTER_DECISION, time.min))
    waits = Q(status=EvidenceFile.Status.WAITING, setting__state__in=OVER, setting__state_since__lt=ended)
    over = EvidenceFile.objects.filter(Q(purge_after__lte=today) | waits).exclude(status=EvidenceFile.Status.PURGED)
    deleted = 0
    for file in over.select_related("setting"):
        with transaction.atomic():
            storage, name = file.file.storage, file.file.name
            file.file, file.original_name, file.status = "", "", EvidenceFile.Status.PURGED
            file.save(update_fields=["file", "original_name", "status"])
            audit.record(action="community.evidence_deleted", subject=file.setting, facts={"file": str(file.pk)})
            if name:
                transaction.on_commit(partial(storage.delete, name))
        deleted += 1
    return deleted
