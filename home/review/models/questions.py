"""Questions that Young Advisors put to the partnership's subgroups, and the days on which a group of them takes over."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Subgroup


class TakeoverDay(models.Model):
    """A day on which a group of young people asks. Its name is public with every question of that day."""

    shown_on_pages = True

    on = models.DateField()
    group_name = models.CharField(max_length=80, help_text="As the group calls itself. Never the name of one person.")
    about = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "takeover day"
        constraints = [models.UniqueConstraint(fields=["on", "group_name"], name="takeover_day_once_a_group")]

    def __str__(self) -> str:
        return f"{self.on:%-d %B %Y}: {self.group_name}"


class PartnershipQuestion(models.Model):
    """A question to one subgroup. Public with the day by which it is answered once staff have read it; its answer is
    public once staff have read that."""

    class State(models.TextChoices):
        SENT = "sent", _("Waits to be read")
        PUBLIC = "public", _("With the group")
        DECLINED = "declined", _("Not put to the group")

    shown_on_pages = True

    subgroup = models.ForeignKey(Subgroup, on_delete=models.PROTECT, related_name="young_advisor_questions")
    day = models.ForeignKey(TakeoverDay, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    text = models.CharField(max_length=300)
    why = models.TextField(max_length=1_000, blank=True)
    credited_as = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="young_advisor_questions"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.TextField(max_length=1_000, blank=True)
    answer = models.TextField(max_length=4_000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-asked_at", "-pk"]
        verbose_name = "question to the partnership"
        verbose_name_plural = "questions to the partnership"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="public") | Q(due_on__isnull=False), name="question_public_with_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_answered(self) -> bool:
        """Whether the public reads an answer."""
        return self.answer_published_at is not None

    def is_overdue(self, today: datetime.date | None = None) -> bool:
        """Whether the day has passed and no answer is public."""
        day = today or timezone.localdate()
        return self.state == self.State.PUBLIC and not self.is_answered and bool(self.due_on and self.due_on < day)
