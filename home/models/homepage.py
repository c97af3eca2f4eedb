"""The home page of a language: the root of its pages, and the one who finds them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from .base import BasePage


class HomePage(BasePage):
    """The first page. There is one in each language."""

    hero_heading = models.CharField(_("heading"), max_length=80, blank=True)
    hero_lead = models.CharField(_("lead"), max_length=300, blank=True)

    content_panels = [
        BasePage.content_panels[0],
        MultiFieldPanel([FieldPanel("hero_heading"), FieldPanel("hero_lead")], heading=_("Top of the page")),
        *BasePage.content_panels[1:],
    ]
    page_description = _("The first page of the site.")
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.WorriedPage",
        "home.AudiencePage",
        "home.TopicIndexPage",
        "home.DocumentIndexPage",
        "home.NewsIndexPage",
        "home.EventIndexPage",
        "home.InformationPage",
        "home.PartnershipPage",
        "home.GlossaryPage",
        "home.ContactPage",
        "home.FormPage",
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.front import front_of

        return {**super().get_context(request, *args, **kwargs), **front_of(request)}

    class Meta:
        verbose_name = _("home page")
