"""What is offered: a forum, a course, a briefing; its dates are rows of their own."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Audience, Kind


class Level(models.Model):
    """A level of training as the partnership counts them, such as 1 to 4."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    explanation = models.CharField(_("for whom it is"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    shown_on_pages = True

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("level")
        verbose_name_plural = _("levels")

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """A forum, training, briefing or campaign event, whatever its dates."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address on the site"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TRAINING)
    summary = models.CharField(_("in one sentence"), max_length=250)
    description = models.TextField(
        _("what happens there"), max_length=4_000, blank=True,
        help_text=_("Plain paragraphs. Lines that begin with “- ” become a list."),
    )  # fmt: skip
    audiences = models.JSONField(_("for whom"), default=list, blank=True)
    level = models.ForeignKey(Level, verbose_name=_("level"), null=True, blank=True, on_delete=models.PROTECT)
    counts_as_seen = models.JSONField(
        _("shows, once somebody came"), default=list, blank=True,
        help_text=_("Items of the standard that we have then seen for ourselves, for the setting they came from."),
    )  # fmt: skip
    counts_as_help = models.JSONField(
        _("helps with"), default=list, blank=True,
        help_text=_("Items beside which the setting reads that its people came. Nothing of it is public."),
    )  # fmt: skip
    only_leads_count = models.BooleanField(
        _("counts only for a safeguarding lead or deputy"), default=False,
        help_text=_("Whether they are is said when the place is booked by the setting's owner, or by you."),
    )  # fmt: skip
    gives_certificate = models.BooleanField(_("people get a certificate"), default=False)
    certificate_months = models.PositiveSmallIntegerField(
        _("the certificate is good for so many months"), null=True, blank=True, help_text=_("Empty: without an end.")
    )
    cost = models.DecimalField(
        _("cost in pounds"), max_digits=6, decimal_places=2, null=True, blank=True, help_text=_("Empty: free.")
    )
    cost_note = models.CharField(_("about the cost"), max_length=160, blank=True)
    is_offered = models.BooleanField(_("shown to the public"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    shown_on_pages = True

    class Meta:
        ordering = ["title"]
        verbose_name = _("course or forum")
        verbose_name_plural = _("courses and forums")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0), name="cost_not_below_0"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.audiences = [value for value in Audience.values if value in self.audiences]
        super().save(*args, **kwargs)

    @property
    def is_free(self) -> bool:
        return not self.cost

    @property
    def audience_labels(self) -> list[str]:
        """For whom, in words and in the order of the list."""
        return [str(label) for value, label in Audience.choices if value in self.audiences]

    @property
    def items(self) -> list[str]:
        """Codes of every item of the standard that it has to do with."""
        return sorted({*self.counts_as_seen, *self.counts_as_help})
