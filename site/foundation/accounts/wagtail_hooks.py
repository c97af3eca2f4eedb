"""What accounts add to the admin: resetting a colleague's second factor, and a way to one's own."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from . import second_factor
from .forms import ResetForm
from .guide import guide
from .models import User
from .password_links import send_password_link
from .personal_views import personal_data


def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a colleague's second factor, with a reason."""
    if not isinstance(request.user, User) or not request.user.has_perm("accounts.change_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.reset(person=person, by=request.user, reason=form.cleaned_data["reason"])
        except second_factor.CannotReset as refusal:
            form.add_error(None, str(refusal))
        else:
            send_password_link(request=request, person=person)
            messages.success(request, _("Done. A link to choose a new password was sent to them; then they enrol."))
            return redirect("wagtailusers_users:edit", person.pk)
    return render(
        request,
        "accounts/reset_second_factor.html",
        {"person": person, "form": form, "factors": second_factor.factors_of(person)},
    )


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("people/<int:pk>/reset-second-factor/", reset_second_factor, name="reset_second_factor"),
        path("people/<int:pk>/data/", personal_data, name="personal_data"),
        path("guide/", guide, name="role_guide"),
    ]


@hooks.register("register_user_listing_buttons")
def reset_button(user: User, request_user: User) -> Iterator[Button]:
    if request_user.has_perm("accounts.change_user") and user.pk != request_user.pk:
        yield Button(
            _("Reset second step"), reverse("reset_second_factor", args=[user.pk]), icon_name="key", priority=60
        )
    if request_user.has_perm("accounts.change_user") and (request_user.is_superuser or not user.is_superuser):
        yield Button(
            _("What is held, erasing"), reverse("personal_data", args=[user.pk]), icon_name="doc-full", priority=70
        )


@hooks.register("register_help_menu_item")
def role_guide() -> MenuItem:
    return MenuItem("Guide to your role", reverse("role_guide"), icon_name="help", order=10)


class OwnSecondFactor(MenuItem):
    """Everybody may see to their own second factor."""

    def is_shown(self, request: HttpRequest) -> bool:
        return True


@hooks.register("register_settings_menu_item")
def own_second_factor() -> Any:
    return OwnSecondFactor(gettext_lazy("My sign-in"), reverse("mfa_index"), icon_name="key", order=610)
