"""Reopening checks: what an officer had seen no longer counts once what it was about has changed."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.audit import services as audit

from ...quality.models import Answer, ChecklistItem, EvidenceCheck
from ...register.models import Setting


@transaction.atomic
def reopen_checks(*, setting: Setting, topics: set[str], by: Any) -> int:
    """Withdraw the checks of every item that one of these topics reopens, and mark its answer; how many items.

    `topics`: venue, contact, owner, u8, 1to1, online, home, overnight (`ChecklistItem.reopened_by`).
    """
    # By code: what was seen or answered under an earlier edition is about the same thing.
    items = [
        item.code for item in ChecklistItem.objects.filter(standard__is_current=True) if topics & set(item.reopened_by)
    ]
    today = timezone.localdate()
    EvidenceCheck.objects.filter(setting=setting, item__code__in=items, withdrawn_on__isnull=True).update(
        withdrawn_on=today
    )
    Answer.objects.filter(assessment__setting=setting, item__code__in=items).update(needs_recheck=True)
    audit.record(
        action="community.reopen_checks",
        actor=by,
        subject=setting,
        facts={"topics": sorted(topics), "items": len(items)},
    )
    from .publishing import republish

    republish(setting=setting, by=by)
    return len(items)
