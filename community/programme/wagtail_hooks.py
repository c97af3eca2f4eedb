"""The programme in the admin."""

from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin_urls
from .permissions import RUN
from .viewsets import CourseViewSet, LevelViewSet


@hooks.register("register_admin_urls")
def programme_urls() -> list[URLPattern]:
    return admin_urls.urlpatterns


@hooks.register("register_admin_viewset")
def programme_viewsets() -> list[Any]:
    return [CourseViewSet(), LevelViewSet()]


class ProgrammeMenuItem(MenuItem):
    """For those who run it."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(RUN))


@hooks.register("register_admin_menu_item")
def programme_menu_item() -> MenuItem:
    return ProgrammeMenuItem(
        _("Training and forums"), reverse("programme_dates"), name="programme", icon_name="date", order=256
    )
