"""Pages about the partnership and about the site itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from home.selectors.listings import children_of, listed, siblings_of

from .base import ClassifiedPage


class InformationPage(ClassifiedPage):
    """A page of information: about us, privacy, accessibility."""

    page_description = _("A page of information, such as those about the partnership or about this site.")
    parent_page_types = ["home.HomePage", "home.InformationPage", "home.WorriedPage", "home.AudiencePage"]
    subpage_types = ["home.InformationPage", "home.PartnershipPage", "home.FormPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`children` and `siblings`; beside a page right below the home page there is too much to list."""
        return {
            **super().get_context(request, *args, **kwargs),
            "children": listed(children_of(self), request) if self.numchild else [],
            "siblings": listed(siblings_of(self), request) if self.depth > 3 else [],
        }

    class Meta:
        verbose_name = _("information page")
