"""Outreach in the admin."""

from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin_urls
from .permissions import SEE
from .viewsets import CampaignViewSet


@hooks.register("register_admin_urls")
def outreach_urls() -> list[URLPattern]:
    return admin_urls.urlpatterns


@hooks.register("register_admin_viewset")
def outreach_viewsets() -> list[Any]:
    return [CampaignViewSet()]


class OutreachMenuItem(MenuItem):
    """For those who may see it."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(SEE))


@hooks.register("register_admin_menu_item")
def outreach_menu_item() -> MenuItem:
    return OutreachMenuItem(_("Outreach"), reverse("outreach"), name="outreach", icon_name="group", order=254)
