"""How the sign-in library is fitted to this site."""

from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from foundation.headers.addresses import client_address
from foundation.mail.services import queue_mail
from foundation.partnership.sites import name_of_default_site
from foundation.registries.areas import areas_of

from . import second_factor, secrets
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by Administrators (or, later, by a link in an e-mail), never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """A demo account opens nothing outside the demonstration, should a real site ever hold one."""
        if user.is_demo and not settings.DEMO_MODE:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_inactive")))
        return super().pre_login(request, user, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        mine = areas_of(request.user) if isinstance(request.user, User) else []
        return mine[0].url() if len(mine) == 1 else reverse("accounts_areas")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not again straight after signing in; the library would ask for the password twice in a row."""
        return not second_factor.proved_lately(context.request, within=account_settings.REAUTHENTICATION_TIMEOUT)

    def set_password(self, user: Any, password: str) -> None:
        """The person's own choice; the library tells them itself (see `trail` for anybody else's)."""
        user.chose_password_themselves = True
        super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox: the answer does not wait for the mail server, nor tell by its time that a mail went out.

        `email` may be empty: see `password_links`.
        """
        message = self.render_mail(
            template_prefix,
            email,
            {"request": self.request, "email": email, "current_site": get_current_site(self.request), **context,
             "site_name": name_of_default_site()},
        )  # fmt: skip
        queue_mail(to=email, subject=message.subject, text=str(message.body))

    def format_email_subject(self, subject: str) -> str:
        return f"{name_of_default_site()}: {subject}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted in the database; staff cannot take away their last factor."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        person: User = authenticator.user
        if authenticator.type not in second_factor.FACTORS or not person.has_perm("wagtailadmin.access_admin"):
            return True
        others = type(authenticator).objects.filter(user_id=person.pk, type__in=second_factor.FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def get_totp_issuer(self) -> str:
        return name_of_default_site()

    def _get_site_name(self) -> str:
        return name_of_default_site()
