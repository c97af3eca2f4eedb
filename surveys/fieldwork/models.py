"""Waves, the schools in them, teachers' links and class sessions. Nothing here knows an answer."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import School

from ..questionnaire.models import Survey, Version
from ..questionnaire.named import Named
from ..years import YearGroup
from .enums import SessionState, WaveState


class Wave(Named):
    """One run of a survey."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name"), max_length=80, help_text=_("Such as: Autumn 2026."))
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    state = models.CharField(_("state"), max_length=8, choices=WaveState.choices, default=WaveState.PLANNED)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    is_demo = models.BooleanField(_("practice with generated pupils"), default=False)
    positions = models.JSONField(_("codebook"), default=list, editable=False)
    """[[question code, part], ...]: what stands at each place of the arrays; only ever grows (`collection.positions`).
    part: "" for one value, "VALUE" for an option of a choose-all question, "KEY" for a row of a grid."""
    counted_only = models.JSONField(default=dict, editable=False)
    """Phase -> how many took part whose answers were too few to keep, even for the phase."""

    class Meta:
        ordering = ["-opens_on", "pk"]
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        constraints = [
            models.UniqueConstraint(fields=["survey", "slug"], name="one_wave_a_slug"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="wave_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, {self.name}"

    @property
    def full_name_here(self) -> str:
        """The survey and the wave in the language of the page, where they have names in it."""
        return gettext("{survey}, {wave}").format(survey=self.survey.name_here, wave=self.name_here)


class WaveVersion(models.Model):
    """A version that a wave asks now, or asked before a correction."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="versions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "version"], name="one_version_a_wave")]

    def __str__(self) -> str:
        return f"{self.wave}: {self.version}"


class WaveSchool(models.Model):
    """A school that takes part in a wave, with the details that its letters and cards carry."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    year_groups = models.JSONField(_("year groups"), default=list)
    pupils_on_roll = models.JSONField(_("pupils on roll"), default=dict, blank=True)
    """Year group (as text) -> pupils, as the school told us; used to warn of groups too small."""
    help_at_school = models.CharField(
        _("who pupils can talk to"),
        max_length=200,
        blank=True,
        help_text=_("A role and a place, such as: the school nurse, room 12."),
    )
    reply_to = models.CharField(_("where parents reply"), max_length=200, blank=True)
    opt_out_by = models.DateField(_("parents reply by"), null=True, blank=True)

    class Meta:
        ordering = ["school__name"]
        constraints = [models.UniqueConstraint(fields=["wave", "school"], name="one_school_a_wave")]

    def __str__(self) -> str:
        return f"{self.school} in {self.wave}"


class ClassSession(models.Model):
    """One class answering, under one code, for two hours at most.

    The code is kept only while the session can take answers. Precise times go when the session is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="sessions")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Empty: a consultation outside school."""
    label = models.CharField(_("name for the teacher's list"), max_length=60, blank=True)
    year_group = models.PositiveSmallIntegerField(_("year group"), choices=YearGroup.choices)
    present = models.PositiveSmallIntegerField(
        _("pupils present"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    state = models.CharField(max_length=9, choices=SessionState.choices, default=SessionState.PREPARED)
    link_hash = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of the teacher's secret link."""
    link_number = models.PositiveSmallIntegerField(default=0, editable=False)
    """Counts the links that were made for this session; only the last one opens it (`links`)."""
    code = models.CharField(max_length=60, null=True, blank=True, unique=True, editable=False)
    """The class code while it is live, normalised: word-word-word-NN; emptied at sealing."""
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_on = models.DateField(_("held on"), null=True, blank=True, editable=False)
    received = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many answers came in; written at sealing only."""
    uses_slips = models.BooleanField(_("with draw-a-slip codes"), default=False)
    slip_key = models.BinaryField(max_length=32, null=True, blank=True, editable=False)
    slips_spent = models.BinaryField(null=True, blank=True, editable=False)
    """One bit for each slip; one row, so that no row tells when a slip was used. Emptied at sealing."""

    class Meta:
        ordering = ["school__name", "year_group", "label", "pk"]
        verbose_name = _("class session")
        verbose_name_plural = _("class sessions")

    def __str__(self) -> str:
        return f"{self.label or self.get_year_group_display()} at {self.school or self.wave}"
