"""Numbers that a child, a parent or a professional can call."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin


class Helpline(TranslatableMixin, models.Model):
    """A helpline or an office, with how to reach it. Short numbers such as 999 are why the phone is plain text."""

    class Audience(models.TextChoices):
        EVERYBODY = "all", _("Everybody")
        CHILD = "child", _("Children and young people")
        ADULT = "adult", _("Parents, carers and other adults")
        PROFESSIONAL = "professional", _("People who work with children")

    key = models.SlugField(_("key"), help_text=_("A short name for addresses and imports; it stays the same."))
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    sms = models.CharField(_("text message"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    web = models.URLField(_("website"), blank=True)
    hours = models.CharField(_("when it is open"), max_length=120, blank=True)
    description = models.TextField(_("who it helps, and how"), blank=True)
    audience = models.CharField(_("for whom"), max_length=14, choices=Audience.choices, default=Audience.EVERYBODY)
    is_emergency = models.BooleanField(_("for emergencies"), default=False)
    is_local = models.BooleanField(_("local to the area"), default=False)
    in_bar = models.BooleanField(
        _("in the bar on every page"), default=False, help_text=_("Two at the most fit a phone.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("sms")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("web")]),
        FieldPanel("hours"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("order")]),
        FieldRowPanel([FieldPanel("is_emergency"), FieldPanel("is_local"), FieldPanel("in_bar")]),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["order", "name"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="helpline_key_once_a_language")]

    def __str__(self) -> str:
        return self.name
