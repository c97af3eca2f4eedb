"""What the officers' screens of the newsletter have in common."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ...moderation.views.base import OfficerView
from ..errors import NewsletterError
from ..models import Issue
from ..permissions import SEND


class NewsletterView(OfficerView):
    """A screen for people who write and send."""

    permission = SEND
    header_icon = "mail"
    here = "issues"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(here=self.here, **context)
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("newsletter_issues"), "label": _("Newsletter")}]
        return [*items, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def try_or_say(self, act: Any, done: str) -> bool:
        """Call `act`; say `done`, or what the rules say against it. Whether it was done."""
        try:
            act()
        except NewsletterError as error:
            messages.error(self.request, str(error))
            return False
        messages.success(self.request, done)
        return True


class OneIssueView(NewsletterView):
    """A screen about one issue."""

    @cached_property
    def issue(self) -> Issue:
        return get_object_or_404(Issue.objects.select_related("segment"), pk=self.kwargs["issue_id"])

    def issue_url(self) -> str:
        return reverse("newsletter_issue", args=[self.issue.pk])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.issue_url(), "label": self.issue.title}]
