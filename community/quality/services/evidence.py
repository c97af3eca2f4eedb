"""Evidence: settings hand in files, officers look at them, and the fact that they did outlives the file."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import OwnSubmission, ReasonMissing, RegistryError, StepNotAllowed
from ...moderation.services.publishing import republish
from ...register.models import Setting
from ...register.services.mails import to_members
from ..models import ChecklistItem, EvidenceCheck, EvidenceFile
from .assessments import locked
from .files import checked

Level = EvidenceCheck.Level
Status = EvidenceFile.Status
KEEP_AFTER_DECISION = timedelta(days=90)
MAX_WAITING = 20


class DateRefused(RegistryError):
    """A date of a check cannot be. `field` says which."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def hand_in(*, setting: Setting, item: ChecklistItem, upload: UploadedFile, by: Any) -> EvidenceFile:
    """Keep a file that a setting shows the partnership for one item.

    Raises:
        Refused: the file cannot be taken (`files.checked`).
        RegistryError: too many wait already, or the record is over.
    """
    setting = locked(setting)
    if setting.evidence_files.filter(status=Status.WAITING).count() >= MAX_WAITING:
        raise RegistryError(_("Twenty files wait for us already. Wait until we have looked, or take one back."))
    content, content_type = checked(upload)
    row = EvidenceFile(
        setting=setting, item=item, original_name=_shown_name(upload.name or ""), content_type=content_type,
        size=content.size, uploaded_by=by,
    )  # fmt: skip
    row.file.save("evidence", content, save=False)
    try:
        row.save()
    except Exception:
        row.file.storage.delete(row.file.name or "")
        raise
    audit.record(
        action="community.hand_in_evidence", actor=by, subject=setting,
        facts={"file": str(row.pk), "item": item.code, "type": content_type},
    )  # fmt: skip
    return row


@transaction.atomic
def take_back(*, file: EvidenceFile, by: Any) -> None:
    """The setting takes back a file that nobody has decided on. It is deleted at once.

    Raises:
        StepNotAllowed: it was decided on.
    """
    file = _waiting(file)
    storage, name = file.file.storage, file.file.name or ""
    audit.record(action="community.take_back_evidence", actor=by, subject=file.setting, facts={"file": str(file.pk)})
    file.delete()
    transaction.on_commit(partial(storage.delete, name))


@transaction.atomic
def accept(*, file: EvidenceFile, checked_on: date, expires_on: date | None, note: str = "", by: Any) -> EvidenceCheck:
    """ "We have seen it": the fact is kept, the file goes in 90 days.

    Raises:
        StepNotAllowed: somebody has decided already.
        OwnSubmission: the officer looks after the setting or handed in the file.
        DateRefused: the dates cannot be.
    """
    file = _waiting(file)
    _refuse_own(file.setting, by, file)
    check = _check_seen(
        setting=file.setting, item=file.item, level=Level.SEEN, checked_on=checked_on, expires_on=expires_on, note=note,
        by=by,
    )  # fmt: skip
    _decide(file, status=Status.ACCEPTED, reason="")
    audit.record(
        action="community.accept_evidence", actor=by, subject=file.setting,
        facts={"file": str(file.pk), "item": file.item.code},
    )  # fmt: skip
    republish(setting=file.setting, by=by)
    to_members(file.setting, subject=_("We looked at what you sent"), template="evidence_decided")
    return check


@transaction.atomic
def refuse(*, file: EvidenceFile, reason: str, by: Any) -> None:
    """The file does not show it. The setting reads why.

    Raises:
        ReasonMissing: without words.
        StepNotAllowed, OwnSubmission: as for `accept`.
    """
    if not reason.strip():
        raise ReasonMissing
    file = _waiting(file)
    _refuse_own(file.setting, by, file)
    _decide(file, status=Status.REFUSED, reason=reason.strip()[:500])
    audit.record(
        action="community.refuse_evidence", actor=by, subject=file.setting,
        facts={"file": str(file.pk), "item": file.item.code}, note=reason,
    )  # fmt: skip
    to_members(file.setting, subject=_("We looked at what you sent"), template="evidence_decided")


@transaction.atomic
def record_check(
    *,
    setting: Setting,
    item: ChecklistItem,
    level: str,
    checked_on: date,
    expires_on: date | None,
    note: str = "",
    by: Any,
) -> EvidenceCheck:
    """What an officer saw without a file: on a visit, or shown on paper.

    Raises:
        OwnSubmission: the officer looks after the setting.
        DateRefused: the dates cannot be.
        RegistryError: "they told us" comes from the setting alone.
    """
    if level not in {Level.SEEN, Level.VISITED}:
        raise RegistryError(_("Only the setting itself can tell us. Choose how you saw it."))
    setting = Setting.objects.held(setting.pk)
    _refuse_own(setting, by)
    check = _check_seen(
        setting=setting, item=item, level=level, checked_on=checked_on, expires_on=expires_on, note=note, by=by
    )
    audit.record(
        action="community.record_check", actor=by, subject=setting, facts={"item": item.code, "level": str(level)}
    )
    republish(setting=setting, by=by)
    return check


@transaction.atomic
def withdraw_check(*, check: EvidenceCheck, reason: str, by: Any) -> None:
    """It does not hold any more; it leaves the listing at once.

    Raises:
        ReasonMissing: without words.
        OwnSubmission: the officer looks after the setting.
    """
    if not reason.strip():
        raise ReasonMissing
    _refuse_own(check.setting, by)
    changed = EvidenceCheck.objects.filter(pk=check.pk, withdrawn_on__isnull=True).update(
        withdrawn_on=timezone.localdate()
    )
    if changed:
        audit.record(
            action="community.withdraw_check", actor=by, subject=check.setting,
            facts={"item": check.item.code, "level": check.level}, note=reason,
        )  # fmt: skip
        republish(setting=check.setting, by=by)


def record_view(*, file: EvidenceFile, by: Any) -> None:
    """Somebody opens the file."""
    audit.record(
        action="community.view_evidence", actor=by, subject=file.setting,
        facts={"file": str(file.pk), "item": file.item.code},
    )  # fmt: skip


def _check_seen(
    *, setting: Setting, item: ChecklistItem, level: str, checked_on: date, expires_on: date | None, note: str, by: Any
) -> EvidenceCheck:
    today = timezone.localdate()
    if checked_on > today:
        raise DateRefused("checked_on", _("This day has not come yet."))
    if expires_on is not None and expires_on <= checked_on:
        raise DateRefused("expires_on", _("It cannot run out before it was seen."))
    if expires_on is not None and expires_on < today:
        raise DateRefused("expires_on", _("This has run out already, so it would show nothing."))
    earlier = EvidenceCheck.objects.filter(
        setting=setting, item__code=item.code, level=level, withdrawn_on__isnull=True
    )
    earlier.update(withdrawn_on=today)
    return EvidenceCheck.objects.create(
        setting=setting, item=item, level=level, checked_on=checked_on, expires_on=expires_on, note=note.strip()[:250],
        by=by,
    )  # fmt: skip


def _waiting(file: EvidenceFile) -> EvidenceFile:
    rows = EvidenceFile.objects.select_for_update(of=("self",)).select_related("setting__published", "item")
    file = rows.get(pk=file.pk)
    if file.status != Status.WAITING:
        raise StepNotAllowed(_("Somebody has decided on this file already."))
    return file


def _decide(file: EvidenceFile, *, status: str, reason: str) -> None:
    file.status, file.reason = status, reason
    file.decided_at = timezone.now()
    file.purge_after = timezone.localdate() + KEEP_AFTER_DECISION
    file.save(update_fields=["status", "reason", "decided_at", "purge_after"])


def _refuse_own(setting: Setting, by: Any, file: EvidenceFile | None = None) -> None:
    if setting.memberships.filter(user=by).exists() or (file is not None and file.uploaded_by_id == by.pk):
        raise OwnSubmission


def _shown_name(name: str) -> str:
    """The name as the setting knows it: one line, no path, no signs that a screen would act on."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in base if char.isprintable())[:120]
