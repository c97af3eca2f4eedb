"""Landing pages of audiences, and the guidance and leaflets under them."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from .base import BasePage, ClassifiedPage


class AudiencePage(BasePage):
    """Where one group of people starts."""

    audience = models.ForeignKey(
        "home.Audience", verbose_name=_("audience"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hero_heading = models.CharField(_("heading"), max_length=80, blank=True)
    hero_lead = models.CharField(_("lead"), max_length=300, blank=True)

    content_panels = [
        BasePage.content_panels[0],
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("hero_heading"), FieldPanel("hero_lead")], heading=_("Top of the page")
        ),
        *BasePage.content_panels[1:],
    ]
    served_with = ("audience",)
    page_description = _("Where one group of people starts, with its guidance and leaflets below.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ResourcePage", "home.InformationPage", "home.FormPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from foundation.partnership.selectors import chrome_for
        from home.selectors.joining import joining_benefits
        from home.selectors.subjects import for_audience, resources_below

        chrome = chrome_for(request)
        urls = chrome.urls if chrome else {}
        return {
            **super().get_context(request, *args, **kwargs),
            **for_audience(self.audience_id, request),
            **resources_below(self, request),
            "joining": joining_benefits(self),
            "documents_url": urls.get("documents", ""),
            "events_url": urls.get("events", ""),
        }

    class Meta:
        verbose_name = _("audience page")


class ResourcePage(RoutablePageMixin, ClassifiedPage):
    """Guidance to read or a leaflet to hand out."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", _("Guidance")
        LEAFLET = "leaflet", _("Leaflet")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.GUIDANCE)
    young_advisors_credit = models.CharField(
        _("what the Young Advisors did"),
        max_length=200,
        blank=True,
        help_text=_("Shown as “Made with Young Advisors”. Leave empty unless it is true."),
    )
    young_advisors_date = models.DateField(_("when they did it"), null=True, blank=True)

    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("kind"),
        InlinePanel("attachments", label=_("attachment"), heading=_("Files and versions to print")),
        MultiFieldPanel(
            [FieldPanel("young_advisors_credit"), FieldPanel("young_advisors_date")], heading=_("Young Advisors")
        ),
    ]
    search_fields = [*ClassifiedPage.search_fields, index.FilterField("kind")]
    page_description = _("Guidance to read, or a leaflet to hand out, with a QR code and a print sheet.")
    parent_page_types = ["home.AudiencePage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.files import shown_files

        return {
            **super().get_context(request, *args, **kwargs),
            "attachments": shown_files(self.attachments, request),
            "print_url": f"{self.get_url(request) or ''}print/",
            "qr_url": f"{self.get_url(request) or ''}qr.svg",
        }

    @path("print/", name="print")
    def print_sheet(self, request: HttpRequest) -> HttpResponse:
        """The page on paper: no menus, the numbers to call, a QR code."""
        return self.render(request, template="home/resource_page_print.html")

    @path("qr.svg/", name="qr")
    def qr_code(self, request: HttpRequest) -> HttpResponse:
        """The QR code alone, for posters."""
        from home.feeds import qr_drawing

        return HttpResponse(qr_drawing(self.get_context(request)["share_url"]), content_type="image/svg+xml")

    class Meta:
        verbose_name = _("resource")


class Attachment(TranslatableMixin, Orderable):
    """A file that belongs to a resource: its printed form, or a version in another language."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "media.SiteDocument", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the document's own title."))
    language = models.CharField(_("language, if not English"), max_length=10, blank=True)

    panels = [FieldPanel("document"), FieldRowPanel([FieldPanel("title"), FieldPanel("language")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title or self.document.title
