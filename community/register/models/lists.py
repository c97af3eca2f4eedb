"""Pick-lists that staff extend without a developer: languages, activity categories, SEND, access."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListEntry(models.Model):
    """One choice of a pick-list."""

    class Kind(models.TextChoices):
        CATEGORY = "category", _("What children do")
        LANGUAGE = "language", _("Language")
        SEND = "send", _("SEND support")
        ACCESS = "access", _("Access to the building")

    kind = models.CharField(_("list"), max_length=10, choices=Kind.choices)
    code = models.SlugField(_("code"), max_length=40, help_text=_("Goes into the open data; it stays the same."))
    label = models.CharField(_("label"), max_length=80)
    same_as = models.CharField(
        _("words that mean the same"),
        max_length=250,
        blank=True,
        help_text=_("With commas between: maths, math, numeracy."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["kind", "order", "label"]
        verbose_name = _("pick-list entry")
        verbose_name_plural = _("pick-list entries")
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="list_entry_once_a_list")]

    def __str__(self) -> str:
        return self.label
