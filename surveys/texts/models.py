"""Decisions on texts, and themes. A decision never tells which pupil, school or time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..collection.models import TextAnswer
from ..fieldwork.models import Wave


class Theme(models.Model):
    """What several writers said, in the moderators' words."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="themes")
    question_code = models.CharField(max_length=20)
    name = models.CharField(_("theme"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["wave", "question_code", "name"], name="one_theme_a_name")]

    def __str__(self) -> str:
        return self.name


class TextDecision(models.Model):
    """One moderator's view of one text; two different moderators must agree."""

    text_id = models.UUIDField(db_index=True)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=9, choices=TextAnswer.State.choices)
    edited_text = models.TextField(blank=True)
    """Encrypted, as the text itself."""
    themes = models.ManyToManyField(Theme, blank=True)
    look = models.PositiveSmallIntegerField(default=1)
    """1 alone; from 2 on the two look again, together, because they did not agree."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text_id", "moderator"], name="one_decision_a_moderator")]

    def __str__(self) -> str:
        return self.outcome
