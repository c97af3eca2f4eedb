"""Worried about a child? The pages that lead to the right phone number."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.selectors.listings import listed, open_to_all

from .base import ClassifiedPage


class WorriedPage(ClassifiedPage):
    """Where everybody starts who is worried: whom to call, and four ways on."""

    sensitive_default = True
    page_description = _("Whom to call about a child, with a way on for each reader.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.WorriedRoutePage", "home.HelplinesPage", "home.InformationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("worried about a child page")


class WorriedRoutePage(ClassifiedPage):
    """What to do, for one kind of reader."""

    class Reader(models.TextChoices):
        CHILD = "child", _("A child or young person")
        PARENT = "parent", _("A parent, carer or neighbour")
        PROFESSIONAL = "professional", _("A professional")
        SETTING = "setting", _("Somebody who runs a club or class")

    reader = models.CharField(_("who reads it"), max_length=12, choices=Reader.choices, default=Reader.PARENT)

    sensitive_default = True
    content_panels = [ClassifiedPage.content_panels[0], FieldPanel("reader"), *ClassifiedPage.content_panels[1:]]
    page_description = _("What to do when worried about a child, for one kind of reader.")
    parent_page_types = ["home.WorriedPage"]
    subpage_types: list[str] = []

    @property
    def audience_of_route(self) -> str:
        """Which helplines fit this reader: a value of `Helpline.Audience`."""
        return _AUDIENCE_OF_READER[self.Reader(self.reader)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        routes = open_to_all(WorriedRoutePage.objects.sibling_of(self, inclusive=False)).order_by("path")
        return {**super().get_context(request, *args, **kwargs), "siblings": listed(routes, request)}

    class Meta:
        verbose_name = _("worried: route")
        verbose_name_plural = _("worried: routes")


_AUDIENCE_OF_READER = {
    WorriedRoutePage.Reader.CHILD: "child",
    WorriedRoutePage.Reader.PARENT: "adult",
    WorriedRoutePage.Reader.PROFESSIONAL: "professional",
    WorriedRoutePage.Reader.SETTING: "professional",
}


class HelplinesPage(ClassifiedPage):
    """Every helpline, for whom it is and when it is open."""

    sensitive_default = True
    page_description = _("All helplines. The numbers themselves are edited under Helplines.")
    parent_page_types = ["home.WorriedPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("helplines page")
