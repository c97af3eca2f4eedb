"""Which reminder went out for which date, so that running the clocks twice sends nothing twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One reminder, of one kind, for one due date, so many days before it."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("Confirm the details")
        ASSESS = "assess", _("Look at the safeguarding standard again")
        EVIDENCE = "evidence", _("Evidence runs out")

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about = models.CharField(max_length=40, blank=True)
    due_on = models.DateField()
    days_before = models.SmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "kind", "about", "due_on", "days_before"], name="a_reminder_goes_out_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on} -{self.days_before}"
