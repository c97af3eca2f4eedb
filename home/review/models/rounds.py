"""When a draft of another room waited for the Young Advisors, and what they decided."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Round(models.Model):
    """One time that a draft waited. Opened when it is first seen to wait; closed by a decision, or once it waits no more."""

    draft_key = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(
        max_length=6, blank=True, help_text="“ready” or “change”; empty where it was taken back."
    )

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = "round of review"
        verbose_name_plural = "rounds of review"
        constraints = [
            models.UniqueConstraint(
                fields=["draft_key"], condition=Q(closed_at__isnull=True), name="review_one_open_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_key}, {self.opened_at:%Y-%m-%d}"
