"""Connects the views of results to the rest of the site: search, sitemap, the menu, the demonstration's seats."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from foundation.accounts.models import User
from foundation.partnership.models import Subgroup
from foundation.registries.areas import Area, areas
from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.frame import FrameProvider, frame_providers
from foundation.registries.search import SearchProvider, search_providers
from foundation.registries.sitemaps import sitemap_providers

from ..release.worked_out import work_out
from .findings import findings_to_note
from .memberships import load_demo_memberships
from .site_search import find_results, public_addresses


def connect() -> None:
    """Once."""
    search_providers.register(
        "survey-results", SearchProvider(kind="survey-result", label="What children told us", find=find_results)
    )
    sitemap_providers.register("survey-results", public_addresses)
    frame_providers.register("survey-results", FrameProvider(urls_for=_frame_urls))
    work_out["findings"] = findings_to_note
    areas.register("surveys-subgroups", Area(lambda: "Your subgroups’ figures", lambda: reverse("my_subgroups"), _sits))
    demo_parts.register("surveys-4-memberships", DemoPart(load=load_demo_memberships))


def _sits(user: User) -> bool:
    """Whether this person sits on a subgroup."""
    return Subgroup.objects.filter(sitting__user=user.pk).exists()


def _frame_urls(request: HttpRequest, language: str) -> dict[str, str]:
    """Where the menu leads to what children told us."""
    with translation.override(language):
        return {"children_told_us": reverse("surveys:results")}
