"""What the officers' screens of the newsletter have in common."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ...officers import OfficerView
from ..errors import NewsletterError
from ..models import Issue
from ..permissions import SEND


class NewsletterView(OfficerView):
    """A screen for people who write and send."""

    permission = SEND
    room = ("newsletter_issues", _("Newsletter"))
    refusals = (NewsletterError,)
    header_icon = "mail"
    here = "issues"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(here=self.here, **context)
        return found


class OneIssueView(NewsletterView):
    """A screen about one issue."""

    @cached_property
    def issue(self) -> Issue:
        return get_object_or_404(Issue.objects.select_related("segment"), pk=self.kwargs["issue_id"])

    def issue_url(self) -> str:
        return reverse("newsletter_issue", args=[self.issue.pk])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.issue_url(), "label": self.issue.title}]
