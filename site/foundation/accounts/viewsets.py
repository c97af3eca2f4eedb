"""The admin's screens about people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users

from foundation.registries.welcomes import welcomes

from .forms import PersonCreationForm, PersonEditForm
from .password_links import send_password_link


class PeopleList(users.IndexView):
    """People with the name they sign in by. They are changed one by one: see `users_app`."""

    @property
    def columns(self) -> list[Column]:
        hidden = {"is_superuser", "bulk_actions"}
        return [column for column in super().columns if column.name not in hidden]


class PersonCreate(users.CreateView):
    """Makes an account without a password and sends the person a link to choose one, or how their room lets them in without."""

    success_message = _("'%(object)s' has an account. A mail that says how to sign in was sent to them.")

    def run_after_hook(self) -> Any:
        roles = [group.name for group in self.object.groups.all()]
        welcome = dict(welcomes.items()).get(roles[0]) if len(roles) == 1 else None
        if welcome is not None:
            welcome(self.object)
        else:
            send_password_link(request=self.request, person=self.object)
        return super().run_after_hook()


class PersonEdit(users.EditView):
    """Changes an account; a superuser's only if one asks."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PeopleViewSet(users.UserViewSet):
    """Accounts are closed, not deleted, so the trail keeps saying who did what."""

    menu_label = _("People")
    index_view_class = PeopleList
    add_view_class = PersonCreate
    edit_view_class = PersonEdit

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm
