"""The registry in the admin."""

from typing import Any

from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .moderation import urls as moderation_urls
from .moderation.permissions import REVIEW
from .quality import admin_urls as quality_urls
from .quality.viewsets import StandardViewSetGroup


@hooks.register("register_admin_urls")
def registry_urls() -> list[URLPattern | URLResolver]:
    return [*moderation_urls.urlpatterns, *quality_urls.urlpatterns]


class RegistryMenuItem(MenuItem):
    """For those who review."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(REVIEW))


@hooks.register("register_admin_menu_item")
def registry_menu_item() -> MenuItem:
    return RegistryMenuItem(_("Registry"), reverse("community_queue"), name="registry", icon_name="group", order=250)


@hooks.register("register_admin_viewset")
def standard_viewsets() -> StandardViewSetGroup:
    return StandardViewSetGroup()
