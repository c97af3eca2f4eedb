"""Partners, subgroups, schools and wards."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin


class Partner(TranslatableMixin, models.Model):
    """An organisation of the partnership."""

    class Kind(models.TextChoices):
        STATUTORY = "statutory", _("Safeguarding partner")
        RELEVANT = "relevant", _("Relevant agency")

    key = models.SlugField(_("key"), help_text=_("A short name for addresses and imports; it stays the same."))
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.RELEVANT)
    is_lead = models.BooleanField(_("leads the partnership"), default=False)
    lead_role = models.CharField(
        _("role that leads for it"), max_length=200, blank=True, help_text=_("A role, not a person's name.")
    )
    summary = models.TextField(_("what it does for children"), blank=True)
    web = models.URLField(_("website"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("is_lead"), FieldPanel("order")]),
        FieldPanel("lead_role"),
        FieldPanel("summary"),
        FieldPanel("web"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["order", "name"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="partner_key_once_a_language")]

    def __str__(self) -> str:
        return self.name


class Subgroup(models.Model):
    """A group of the partnership that looks after a part of its work. Its public page stands in `home`."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=160)
    purpose = RichTextField(_("purpose"), features=["bold", "ul", "link"], blank=True)
    chair_role = models.CharField(_("chair"), max_length=200, blank=True, help_text=_("A role, not a person's name."))
    meets = models.CharField(_("how often it meets"), max_length=160, blank=True)
    members = models.TextField(_("who sits on it"), blank=True, help_text=_("One organisation or role on each line."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key"), FieldPanel("order")]),
        FieldPanel("purpose"),
        FieldRowPanel([FieldPanel("chair_role"), FieldPanel("meets")]),
        FieldPanel("members"),
    ]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("subgroup")
        verbose_name_plural = _("subgroups")

    def __str__(self) -> str:
        return self.name


class Ward(models.Model):
    """A ward of the partnership's area."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("ward")
        verbose_name_plural = _("wards")

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school of the area."""

    class Phase(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        SECONDARY = "secondary", _("Secondary")
        ALL_THROUGH = "all-through", _("All-through")
        SPECIAL = "special", _("Special")
        ALTERNATIVE = "alternative", _("Alternative provision")

    name = models.CharField(_("name"), max_length=160, unique=True)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices)
    ward = models.ForeignKey(Ward, verbose_name=_("ward"), null=True, blank=True, on_delete=models.SET_NULL)
    is_active = models.BooleanField(_("open"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def __str__(self) -> str:
        return self.name
