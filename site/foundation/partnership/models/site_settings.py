"""Settings that staff edit: names and numbers, the alert banner, the menus."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField


@register_setting(icon="site", order=10)
class PartnershipSettings(BaseSiteSetting):
    """Who this partnership is, and how to reach it."""

    name = models.CharField(_("name of the partnership"), max_length=160, default="Safeguarding children partnership")
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    area = models.CharField(_("area"), max_length=80, blank=True, help_text=_("For example: Camden."))
    strapline = models.CharField(_("strapline"), max_length=160, blank=True)
    vision = models.TextField(_("vision"), blank=True)
    mission = models.TextField(_("mission"), blank=True)
    values = models.TextField(_("values"), blank=True, help_text=_("One on each line."))
    front_door_name = models.CharField(_("name of the front door"), max_length=120, blank=True)
    front_door_phone = models.CharField(_("its number in office hours"), max_length=40, blank=True)
    front_door_hours = models.CharField(_("its office hours"), max_length=120, blank=True)
    out_of_hours_phone = models.CharField(_("its number out of hours"), max_length=40, blank=True)
    front_door_email = models.EmailField(_("its e-mail address, for professionals"), blank=True)
    contact_email = models.EmailField(
        _("where the contact form goes"), blank=True, help_text=_("Never shown on the site.")
    )
    address = models.TextField(_("postal address"), blank=True)
    security_contact = models.CharField(
        _("where security faults are reported"),
        max_length=200,
        blank=True,
        help_text=_("An address that starts with mailto: or https:"),
    )
    social_links = StreamField(
        [("link", blocks.StructBlock([("name", blocks.CharBlock()), ("url", blocks.URLBlock())]))],
        blank=True,
        verbose_name=_("social links"),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("area"), FieldPanel("strapline")],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel("vision"), FieldPanel("mission"), FieldPanel("values")], heading=_("What it is for")
        ),
        MultiFieldPanel(
            [
                FieldPanel("front_door_name"),
                FieldRowPanel([FieldPanel("front_door_phone"), FieldPanel("front_door_hours")]),
                FieldRowPanel([FieldPanel("out_of_hours_phone"), FieldPanel("front_door_email")]),
            ],
            heading=_("Front door"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_email"),
                FieldPanel("address"),
                FieldPanel("security_contact"),
                FieldPanel("social_links"),
            ],
            heading=_("Contact"),
        ),
    ]

    class Meta:
        verbose_name = _("partnership")


@register_setting(icon="warning", order=20)
class AlertBanner(BaseSiteSetting):
    """A short message above every page, from one moment to another."""

    class Tone(models.TextChoices):
        INFORMATION = "info", _("Information")
        WARNING = "warning", _("Warning")

    heading = models.CharField(_("heading"), max_length=80, blank=True)
    message = RichTextField(_("message"), features=["bold", "link"], blank=True)
    tone = models.CharField(_("tone"), max_length=8, choices=Tone.choices, default=Tone.INFORMATION)
    starts_at = models.DateTimeField(_("shown from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)

    panels = [
        FieldPanel("heading"),
        FieldPanel("message"),
        FieldPanel("tone"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = _("alert banner")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="alert_ends_after_it_starts",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the start.")})

    def is_shown(self) -> bool:
        """Whether there is a message and now lies between start and end; a missing start or end does not limit."""
        now = timezone.now()
        started = self.starts_at is None or self.starts_at <= now
        return bool(self.message) and started and (self.ends_at is None or now < self.ends_at)


class MenuLinkBlock(blocks.StructBlock):
    """A link of a menu: a page of the site, or another address."""

    title = blocks.CharBlock(required=False, max_length=40, help_text=_("Empty: the page's own title."))
    page = blocks.PageChooserBlock(required=False)
    url = blocks.URLBlock(required=False)

    class Meta:
        icon = "link"


class MenuColumnBlock(blocks.StructBlock):
    """A column of links in the footer."""

    heading = blocks.CharBlock(max_length=40)
    links = blocks.ListBlock(MenuLinkBlock())

    class Meta:
        icon = "list-ul"


@register_setting(icon="list-ul", order=30)
class Navigation(BaseSiteSetting):
    """The menus. They are one row, so that no page walks the tree to draw them."""

    header = StreamField([("link", MenuLinkBlock())], blank=True, verbose_name=_("header"))
    footer = StreamField([("column", MenuColumnBlock())], blank=True, verbose_name=_("footer"))

    panels = [FieldPanel("header"), FieldPanel("footer")]

    class Meta:
        verbose_name = _("navigation")
