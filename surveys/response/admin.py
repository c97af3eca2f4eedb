"""What findings bring to the admin: addresses and a menu item."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from .permissions import SEE
from .views import managers


class FindingsItem(MenuItem):
    """For those who may look at findings."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)


def _findings_item() -> MenuItem:
    return FindingsItem("Findings", reverse("surveys_findings"), icon_name="comment", order=400)


menu_items: list[Any] = [_findings_item]
urlpatterns = [
    path("surveys/findings/", managers.FindingsView.as_view(), name="surveys_findings"),
    path("surveys/findings/<int:finding_id>/", managers.FindingView.as_view(), name="surveys_finding"),
    path(
        "surveys/releases/<int:release_id>/ask-again/",
        managers.AskAgainView.as_view(),
        name="surveys_release_ask_again",
    ),
]
