"""What the screens of survey managers have in common: who may come in, the crumbs, and saying what went wrong."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts.models import User

from ...errors import SurveyError
from ..models import Version
from ..permissions import EDIT, SEE
from ..states import EDITABLE, TRANSLATABLE


class ManagerView(WagtailAdminTemplateMixin, View):
    """A screen; `see` is asked to look at it, `edit` for everything that changes something."""

    see = SEE
    edit = EDIT
    header_icon = "list-ul"
    _show_breadcrumbs = True

    @property
    def user(self) -> User:
        """Who is signed in: the door before this view lets nobody else in."""
        return cast(User, self.request.user)

    @property
    def may_edit(self) -> bool:
        """Whether this person changes questionnaires, or only looks."""
        return self.user.has_perm(self.edit)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        needed = self.see if request.method in ("GET", "HEAD") else self.edit
        if not request.user.has_perm(needed):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("surveys_questionnaires"), "label": "Questionnaires"}]
        return [*items, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def crumbs(self) -> list[dict[str, Any]]:
        """What stands between the list of questionnaires and this screen."""
        return []

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """The screen with these values."""
        return render(self.request, self.template_name, self.get_context_data(**context), status=status)

    def try_or_say(self, act: Callable[[], Any], done: str) -> bool:
        """Call `act`; say `done`, or what the rules say against it. Whether it was done."""
        try:
            act()
        except SurveyError as error:
            messages.error(self.request, str(error))
            return False
        if done:
            messages.success(self.request, done)
        return True


class OneVersionView(ManagerView):
    """A screen about one version."""

    @cached_property
    def version(self) -> Version:
        rows = Version.objects.select_related("questionnaire__survey")
        return get_object_or_404(rows, pk=self.kwargs["version_id"])

    @property
    def can_change(self) -> bool:
        """Whether this person can change what is asked, now."""
        return self.may_edit and self.version.state in EDITABLE

    @property
    def can_translate(self) -> bool:
        """Whether this person can change translations, now."""
        return self.may_edit and self.version.state in TRANSLATABLE

    def url(self, name: str = "surveys_version", *args: Any) -> str:
        """An address of this version."""
        return reverse(name, args=[self.version.pk, *args])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.url(), "label": str(self.version)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = {"version": self.version, "can_change": self.can_change, "can_translate": self.can_translate}
        return super().get_context_data(**mine, **kwargs)
