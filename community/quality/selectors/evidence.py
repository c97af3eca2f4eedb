"""What is known of a setting, and what waits for an officer."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from ...register.models import Setting
from ..models import ChecklistItem, EvidenceCheck, EvidenceFile
from .assessment import current_standard


def checks_of(setting: Setting, day: date | None = None) -> list[EvidenceCheck]:
    """The checks that hold on this day (by default today in London), in the order of the standard."""
    day = day or timezone.localdate()
    checks = setting.evidence_checks.filter(withdrawn_on__isnull=True).select_related("item", "by")
    return [check for check in checks if check.expires_on is None or check.expires_on >= day]


def waiting_files() -> "QuerySet[EvidenceFile]":
    """What waits, the oldest first."""
    return (
        EvidenceFile.objects.filter(status=EvidenceFile.Status.WAITING)
        .select_related("setting__assigned_to", "item")
        .order_by("uploaded_at")
    )


def items_to_check() -> list[ChecklistItem]:
    """The items of the current edition, for an officer who saw something."""
    standard = current_standard()
    return list(standard.items.all()) if standard else []
