"""What releases bring to the admin: addresses and a menu item."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from .permissions import SEE
from .views import managers


class ReleasesItem(MenuItem):
    """For those who may look at releases."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)


def _releases_item() -> MenuItem:
    return ReleasesItem("Releases", reverse("surveys_releases"), icon_name="view", order=300)


menu_items: list[Any] = [_releases_item]
urlpatterns = [
    path("surveys/releases/", managers.ReleasesView.as_view(), name="surveys_releases"),
    path("surveys/releases/of-wave/<int:wave_id>/plan/", managers.PlanView.as_view(), name="surveys_release_plan"),
    path("surveys/releases/<int:release_id>/", managers.ReleaseView.as_view(), name="surveys_release"),
]
