"""What people thought of a course: numbers and words, never whose, never when.

There is no row for a person. Every answer adds one to a number; numbers that are fresh are shown to nobody until there are
enough of them, and words lie in no order.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Stage


class Round(models.Model):
    """How many people answered, for a course and a stage: those that are shown, and those that wait for more."""

    course = models.ForeignKey("programme.Course", on_delete=models.CASCADE, related_name="rounds")
    stage = models.CharField(max_length=5, choices=Stage.choices)
    fresh = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    open_answers = models.PositiveIntegerField(default=0, db_default=0)
    """How many more are taken: so many people were asked and have not answered. It says nothing about who."""

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [models.UniqueConstraint(fields=["course", "stage"], name="one_round_a_stage")]

    def __str__(self) -> str:
        return f"{self.course}: {self.get_stage_display()}"


class Tally(models.Model):
    """How often one answer was chosen."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tallies")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=20)
    fresh = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["round", "question", "answer"], name="one_tally_an_answer")]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class Remark(models.Model):
    """Words of one person, apart from their other answers. The random key is the only order there is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="remarks")
    text = models.CharField(max_length=500)
    is_shown = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        default_permissions = ("view", "delete")
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")

    def __str__(self) -> str:
        return self.text[:40]
