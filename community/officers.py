"""What the officers' screens of every subject have in common, in the admin."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts.models import User

from .errors import RegistryError


class OfficerView(WagtailAdminTemplateMixin, View):
    """A screen for people with one permission. `permission` is asked before anything is read."""

    permission: str
    room: ClassVar[tuple[str, str | Promise]]
    """The list that the trail leads back to: the name of its address, and what it is called."""
    refusals: ClassVar[tuple[type[Exception], ...]] = (RegistryError,)
    """The errors of the rules, whose words may be shown."""
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
        address, title = self.room
        items = [*self.breadcrumbs_items, {"url": reverse(address), "label": title}]
        return [*items, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def crumbs(self) -> list[dict[str, Any]]:
        """What stands between the room's list and this screen."""
        return []

    def try_or_say(self, act: Callable[[], Any], done: str) -> bool:
        """Call `act`; say `done`, or what the rules say against it. Whether it was done."""
        try:
            act()
        except self.refusals as error:
            messages.error(self.request, self.words_of(error))
            return False
        messages.success(self.request, done)
        return True

    def words_of(self, error: Exception) -> str:
        """What a refusal says to the person who tried."""
        return str(error)
