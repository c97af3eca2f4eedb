"""What the officers' screens share."""

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
from ..errors import ProgrammeError
from ..models import CourseDate
from ..permissions import RUN


class OfficerView(WagtailAdminTemplateMixin, View):
    """A screen for people with one permission. `permission` is asked before anything is read."""

    permission = RUN
    header_icon = "date"
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
        items = [*self.breadcrumbs_items, {"url": reverse("programme_dates"), "label": _("Training and forums")}]
        return [*items, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def crumbs(self) -> list[dict[str, Any]]:
        """What stands between the programme and this screen."""
        return []

    def try_or_say(self, act: Any, done: str) -> bool:
        """Call `act`; say `done`, or what the rules say against it. Whether it was done."""
        try:
            act()
        except (ProgrammeError, RegistryError) as error:
            messages.error(self.request, str(error) or str(_("That was done before. Nothing has changed.")))
            return False
        messages.success(self.request, done)
        return True


class OneDateView(OfficerView):
    """A screen about one date."""

    @cached_property
    def date(self) -> CourseDate:
        rows = CourseDate.objects.with_counts().select_related("course__level")
        return get_object_or_404(rows, pk=self.kwargs["date_id"])

    def date_url(self) -> str:
        return reverse("programme_date", args=[self.date.pk])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.date_url(), "label": str(self.date)}]
