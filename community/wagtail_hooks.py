"""The registry in the admin."""

from typing import Any

from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .launch.views import LaunchView
from .moderation import urls as moderation_urls
from .moderation.permissions import REVIEW, STANDARD
from .quality import admin_urls as quality_urls
from .quality.viewsets import StandardViewSetGroup


@hooks.register("register_admin_urls")
def registry_urls() -> list[URLPattern | URLResolver]:
    launch = path("registry/before-launch/", LaunchView.as_view(), name="community_launch")
    return [*moderation_urls.urlpatterns, *quality_urls.urlpatterns, launch]


class RegistryMenuItem(MenuItem):
    """For those who review."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(REVIEW))


@hooks.register("register_admin_menu_item")
def registry_menu_item() -> MenuItem:
    return RegistryMenuItem(_("Registry"), reverse("community_queue"), name="registry", icon_name="group", order=250)


class LaunchMenuItem(MenuItem):
    """For those who answer for what the site says."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(STANDARD))


@hooks.register("register_reports_menu_item")
def launch_menu_item() -> MenuItem:
    return LaunchMenuItem(
        _("Before launch"), reverse("community_launch"), name="before-launch", icon_name="clipboard-list", order=50
    )


@hooks.register("register_admin_viewset")
def standard_viewsets() -> StandardViewSetGroup:
    return StandardViewSetGroup()
