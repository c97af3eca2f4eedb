"""Who was written to in which week, so that nobody gets two mails in one."""

from django.conf import settings
from django.db import models


class WeeklyMail(models.Model):
    """The mail of one week to one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.CharField(max_length=8, help_text="Year and week by ISO 8601, such as 2026-W47.")

    class Meta:
        verbose_name = "weekly mail"
        verbose_name_plural = "weekly mails"
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="review_one_mail_a_week")]

    def __str__(self) -> str:
        return self.week
