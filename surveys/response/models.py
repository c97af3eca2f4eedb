"""Findings of subgroups, and what was done about them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Subgroup

from ..release.models import Release


class Finding(models.Model):
    """What a subgroup draws from the figures, in its own words; public once published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    subgroup = models.ForeignKey(Subgroup, on_delete=models.PROTECT, related_name="findings")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="findings")
    question_code = models.CharField(_("question"), max_length=42, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    you_said = models.CharField(_("what children told us"), max_length=300)
    why_it_matters = models.TextField(_("why it matters"), blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """Whose words these are now; somebody else must publish them."""
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return self.you_said


class ResultsDecision(models.Model):
    """What the Young Advisors decided on a release that they saw before the public. Taken away when they are asked again."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="young_advisors_decision")
    is_ready = models.BooleanField(help_text=_("Ready for everybody; else something should change first."))
    words = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision of the Young Advisors on results")
        verbose_name_plural = _("decisions of the Young Advisors on results")

    def __str__(self) -> str:
        return f"{self.release}: {'ready' if self.is_ready else 'change'}"


class Response(models.Model):
    """Who does what about a finding, by when, and what was done."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="responses")
    will_do = models.CharField(_("what will be done"), max_length=300)
    who = models.CharField(_("who"), max_length=160, help_text=_("A body or a role, not a person's name."))
    due_on = models.DateField(_("by when"))
    we_did = models.TextField(_("what was done"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that came of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.URLField(_("address that came of it"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_checked = models.BooleanField(default=False)
    """Whether somebody else has read these words; the public sees no others."""

    class Meta:
        ordering = ["finding", "order", "due_on", "pk"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return self.will_do
