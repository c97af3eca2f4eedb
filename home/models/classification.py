"""How pages are sorted: by whom they are for, and by what they are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index


class Audience(TranslatableMixin, index.Indexed, models.Model):
    """A group of people whom pages are written for."""

    class Colour(models.TextChoices):
        MINT = "mint", _("Mint")
        PEACH = "peach", _("Peach")
        SKY = "sky", _("Sky")
        LILAC = "lilac", _("Lilac")
        SAND = "sand", _("Sand")

    slug = models.SlugField(_("key"), help_text=_("A short name for addresses and imports; it stays the same."))
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(_("short text"), max_length=160, blank=True)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour.choices, default=Colour.MINT)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("colour"), FieldPanel("order")]),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["order", "name"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="audience_slug_once_a_language")]

    def __str__(self) -> str:
        return self.name


class Topic(TranslatableMixin, index.Indexed, models.Model):
    """A subject that pages are about."""

    slug = models.SlugField(_("key"), help_text=_("A short name for addresses and imports; it stays the same."))
    name = models.CharField(_("name"), max_length=80)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]),
        FieldPanel("summary"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["order", "name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="topic_slug_once_a_language")]

    def __str__(self) -> str:
        return self.name
