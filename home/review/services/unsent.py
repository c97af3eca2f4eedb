"""Comments that were half written when their round ended: their author still reads them for a week, then they are forgotten."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ..models import Review

KEPT = timedelta(days=7)


def unsent_words(*, by: Any, **of_round: Any) -> list[str]:
    """What somebody had not sent yet in this round, a draft's last one: to be copied by them, and seen by nobody else."""
    review = Review.objects.filter(author=by, **of_round).order_by("-pk").first()
    held = (review.unsent if review else None) or {}
    return [words for name in ("text", "old_words") if (words := held.get(name, "").strip())]


def forget_unsent() -> int:
    """How many were forgotten. A chore: nobody could send them any more."""
    before = timezone.now() - KEPT
    is_over = Q(task_state__finished_at__lt=before) | Q(round__closed_at__lt=before)
    return Review.objects.filter(is_over, unsent__isnull=False).update(unsent=None)
