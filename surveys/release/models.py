"""A release of a wave and its cells. Every number that anyone sees is a sum of cells."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import School

from ..fieldwork.models import Wave
from .enums import ReleaseState


class Release(models.Model):
    """One computation over a closed wave. Its cells are stored once and never recomputed."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    state = models.CharField(max_length=8, choices=ReleaseState.choices, default=ReleaseState.PLANNED)
    crossed_by = models.CharField(
        _("crossed with year group"), max_length=20, blank=True, help_text=_("The code of a question, usually SEX.")
    )
    breakdowns = models.JSONField(_("breakdowns"), default=list, blank=True)
    """Codes of questions published as breakdowns of their own, such as ["FSM", "SEND"]."""
    seed = models.BinaryField(max_length=32, null=True, editable=False)
    """Secret: whoever knows it and the method could undo the rounding."""
    structure = models.JSONField(default=dict, editable=False)
    """What the cells mean: items with their words, answers and groups, as they were asked (`structure.py`)."""
    report = models.JSONField(default=dict, editable=False)
    """The gate's result and the cost in error by size of group; nothing in it names a cell's truth."""
    progress = models.JSONField(default=dict, editable=False)
    """{"step": ..., "done": n, "of": m}: for the screen while it runs."""
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    released_on = models.DateField(_("released on"), null=True, blank=True)
    reason = models.TextField(_("why it replaces the one before"), blank=True)

    class Meta:
        ordering = ["-wave__opens_on", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="one_release_a_number"),
            models.UniqueConstraint(
                fields=["wave"], condition=Q(state="released"), name="one_release_of_a_wave_is_seen"
            ),
            models.UniqueConstraint(
                fields=["wave"], condition=Q(state="running"), name="one_release_of_a_wave_is_computed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}, release {self.number}"

    @property
    def origin(self) -> str:
        """Where its answers come from, a value of `origin`: as noted when it was counted."""
        return str(self.structure.get("origin", "invented" if self.wave.is_demo else ""))


class ReleaseCell(models.Model):
    """A protected count: a multiple of 5. Cells of value 0 are not stored.

    cube "main" is school x year group x group (of `Release.crossed_by`) x answer; any other cube is named by the code of
    its breakdown and has no year group.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="cells")
    cube = models.CharField(max_length=20)
    item = models.CharField(max_length=42)
    """"CODE", or "CODE.part" for a row of a grid or an option of a choose-all question."""
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    """Empty: rows that were merged to their phase."""
    year_group = models.SmallIntegerField(null=True)
    group = models.SmallIntegerField(null=True)
    """The answer to the crossed or breakdown question: an option's value, or a code of `surveys.codes.Missing`."""
    answer = models.SmallIntegerField()
    value = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["release", "item", "cube", "school"], name="cells_of_an_item")]
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="cells_hold_something")]

    def __str__(self) -> str:
        return f"{self.item}, {self.cube}"


class ReleaseTruth(models.Model):
    """The true counts behind a release, compressed and encrypted: later gates must know what an earlier release hides.

    As secret as the sealed rows, read by the release job alone, and deleted with them.
    """

    release = models.OneToOneField(Release, primary_key=True, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "true counts"


class LedgerEntry(models.Model):
    """That numbers of a wave were published: what every later gate must reckon with. Never deleted."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="ledger")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField()
    digest = models.CharField(max_length=64)
    """SHA-256 over the sorted cells, so that a change after the fact shows."""

    class Meta:
        ordering = ["published_on", "pk"]

    def __str__(self) -> str:
        return f"{self.release}, {self.published_on}"


class YoungAdvisorWords(models.Model):
    """What Young Advisors say about the results before they are public; shown beside the figures."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="young_advisor_words")
    topic_key = models.CharField(max_length=50, blank=True)
    question_code = models.CharField(max_length=20, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    credited_as = models.CharField(_("shown as"), max_length=60, blank=True)
    text = models.TextField(_("in their words"), max_length=600)
    is_accepted = models.BooleanField(_("to be shown"), default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
