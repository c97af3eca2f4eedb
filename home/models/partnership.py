"""Who the partnership is: its partners, its structure, its subgroups."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation.partnership.models import Partner
from foundation.registries.findings import findings_providers
from home.selectors.listings import listed, open_to_all

from .base import BasePage


class PartnershipPage(BasePage):
    """Partners and structure."""

    page_description = _("The partners and the subgroups. Both are edited under Partnership.")
    parent_page_types = ["home.InformationPage", "home.HomePage"]
    subpage_types = ["home.SubgroupPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`lead_partners`, `other_partners` and `subgroups` (pages)."""
        partners = list(Partner.objects.filter(locale__language_code=settings.LANGUAGE_CODE))
        return {
            **super().get_context(request, *args, **kwargs),
            "lead_partners": [partner for partner in partners if partner.is_lead],
            "other_partners": [partner for partner in partners if not partner.is_lead],
            "subgroups": listed(open_to_all(SubgroupPage.objects.child_of(self)).order_by("path"), request),
        }

    class Meta:
        verbose_name = _("partners and structure page")


class SubgroupPage(BasePage):
    """A subgroup: who chairs it, what for, how often it meets, and what it found."""

    subgroup = models.ForeignKey(
        "partnership.Subgroup",
        verbose_name=_("subgroup"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    content_panels = [BasePage.content_panels[0], FieldPanel("subgroup"), *BasePage.content_panels[1:]]
    served_with = ("subgroup",)
    page_description = _("One subgroup. Its chair and its purpose come from its record; its figures from the surveys.")
    parent_page_types = ["home.PartnershipPage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`findings`: what any room has published for this subgroup; `siblings`: the other subgroups."""
        others = open_to_all(SubgroupPage.objects.sibling_of(self, inclusive=False)).order_by("path")
        findings = []
        if self.subgroup is not None:
            findings = [found for giver in findings_providers for found in giver.findings_for(self.subgroup.key)]
        return {
            **super().get_context(request, *args, **kwargs),
            "findings": findings,
            "siblings": listed(others, request),
        }

    class Meta:
        verbose_name = _("subgroup page")
