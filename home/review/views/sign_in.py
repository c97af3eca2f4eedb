"""Signing in by a link in an e-mail, for Young Advisors. The answer is the same for every address that is typed."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.doors import has_session_cookie
from foundation.accounts.links import services as links
from foundation.accounts.own_pages import private
from foundation.forms.base import PlainForm
from foundation.forms.limits import Limit
from foundation.forms.spam import SignedFormMixin
from foundation.forms.tokens import TokenRules
from foundation.mail.services import queue_mail
from foundation.redirects import see_other

from ..selectors import is_young_advisor, young_advisors
from .frame import show


class SignInForm(SignedFormMixin, PlainForm):
    """Where to send the link."""

    form_name = "advisor-sign-in"
    limit = Limit("advisor-sign-in-link", times=10, seconds=3_600)
    token_rules = TokenRules(earliest=0)

    email = forms.EmailField(
        label=__("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": __("Type your e-mail address"),
            "invalid": __("Type an e-mail address such as name@example.org"),
        },
    )

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.order_fields(["email"])


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for an address. Nobody learns here who is a Young Advisor."""
    next_path = request.POST.get("next", "") or request.GET.get("next", "")
    if request.method != "POST":
        if has_session_cookie(request) and request.user.is_authenticated and is_young_advisor(request.user):
            return see_other(reverse("review"))
        return _door(request, SignInForm(request=request), next_path)
    form = SignInForm(request.POST, request=request)
    if not form.is_valid():
        return _door(request, form, next_path, status=429 if form.is_over_limit() else 422)
    email = form.cleaned_data["email"]
    if not form.is_spam and links.may_be_mailed(email, kind="advisor-sign-in"):
        _send(email, next_path)
    return see_other(reverse("review_sign_in_sent"))


@private
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    minutes = int(links.LASTS.total_seconds() // 60)
    return show(request, "own/sign_in_sent.html", {"minutes": minutes}, trail=[])


@private
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, so that a mail scanner that opens links uses nothing up; POST signs in."""
    try:
        if request.method != "POST":
            links.look_at_link(token)
            return show(request, "own/open_link.html", {}, trail=[])
        person, next_path = links.use_link(token=token)
    except links.LinkDoesNotWork as why:
        context = {
            "is_used": isinstance(why, links.LinkUsed),
            "is_too_old": isinstance(why, links.LinkTooOld),
            "is_staff": isinstance(why, links.StaffUsePassword),
        }
        return show(request, "own/dead_link.html", context, trail=[], status=410)
    links.sign_in(request, person, may_keep_passkeys=True)
    is_here = url_has_allowed_host_and_scheme(next_path, allowed_hosts={request.get_host()}) if next_path else False
    return see_other(next_path if is_here else reverse("review"))


@private
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser; `next` is where they go once they sign in again."""
    wanted = request.POST.get("next", "")
    is_here = bool(wanted) and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    logout(request)
    return see_other(reverse("review_sign_in") + (f"?{urlencode({'next': wanted})}" if is_here else ""))


def _door(request: HttpRequest, form: SignInForm, next_path: str, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "next_path": next_path, "form_has_errors": form.has_errors}
    return show(request, "own/sign_in.html", context, trail=[], status=status)


def _send(email: str, next_path: str) -> None:
    """A link to a Young Advisor; to everybody else a mail that takes the same steps and goes to nobody."""
    address = links.tidy_email(email)
    is_known = young_advisors().filter(email__iexact=address).exists() and not links.is_staff_address(address)
    link = links.make_link(email=address, next_path=next_path)
    where = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("review_open_link", args=[link.token])
    minutes = int(links.LASTS.total_seconds() // 60)
    text = "\n\n".join(
        [
            _("Open this link and press “Sign in”:"),
            where,
            _("It works once, for %(minutes)d minutes. Nobody needs a password.") % {"minutes": minutes},
            _("You did not ask for it? Then do nothing."),
        ]
    )
    queue_mail(to=address if is_known else "", subject=_("Your link to sign in"), text=text)
