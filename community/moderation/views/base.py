"""What the officers' screens have in common."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts.models import User

from ...errors import RegistryError
from ...register.models import Setting
from ..permissions import REVIEW


class OfficerView(WagtailAdminTemplateMixin, View):
    """A screen for people with one permission. `permission` is asked before anything is read."""

    permission = REVIEW
    header_icon = "group"
    _show_breadcrumbs = True

    @property
    def user(self) -> User:
        """Who is signed in: the door before this view lets nobody else in."""
        return cast(User, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("community_queue"), "label": _("Registry")}]
        return [*items, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def crumbs(self) -> list[dict[str, Any]]:
        """What stands between the registry and this screen."""
        return []

    def try_or_say(self, act: Any, done: str) -> bool:
        """Call `act`; say `done`, or what the rules say against it. Whether it was done."""
        try:
            act()
        except RegistryError as error:
            messages.error(self.request, str(error))
            return False
        messages.success(self.request, done)
        return True


class OneSettingView(OfficerView):
    """A screen about one setting."""

    @cached_property
    def setting(self) -> Setting:
        rows = Setting.objects.select_related("published", "assigned_to", "ward", "merged_into")
        return get_object_or_404(rows, pk=self.kwargs["setting_id"])

    def record_url(self) -> str:
        return reverse("community_record", args=[self.setting.pk])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.record_url(), "label": self.setting.name}]
