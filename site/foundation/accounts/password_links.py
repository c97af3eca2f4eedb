"""Links by which people choose a password."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from .models import User


class PasswordLinkForm(ResetPasswordForm):
    """Asks for a link. A known address and an unknown one cost the same work.

    For an unknown one a link is made and a message written, to nobody: the outbox forgets it instead of sending it.
    Neither the answer nor the time that it takes tells who has an account.
    """

    users: list[User]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        typed, found = self.cleaned_data["email"], self.users
        if not found:
            self.users = [User(pk=0)]
            self.cleaned_data["email"] = ""
        try:
            super().save(request, **kwargs)
        finally:
            self.cleaned_data["email"], self.users = typed, found
        return str(typed)


def send_password_link(*, request: HttpRequest, person: User) -> None:
    """Send somebody the link by which they choose a password."""
    form = PasswordLinkForm({"email": person.email})
    if form.is_valid():
        form.save(request)
