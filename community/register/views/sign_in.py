"""Signing in by a link in an e-mail, and signing out."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.accounts.links import services as links
from foundation.accounts.own_pages import private

from ..forms.doors import SignInForm
from ..services import mails
from .area import go, show


@private
@csrf_exempt
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for an address. The answer is the same whether anybody knows it: nothing here tells who has an account."""
    next_path = request.GET.get("next", "") or request.POST.get("next", "")
    if request.method != "POST":
        if _is_signed_in(request):
            return go("my_settings")
        return show(request, "sign_in.html", form=SignInForm(request=request), next_path=next_path)
    form = SignInForm(request.POST, request=request)
    if not form.is_valid():
        status = 429 if form.is_over_limit() else 422
        return show(request, "sign_in.html", form=form, next_path=next_path, status=status)
    email = form.cleaned_data["email"]
    if not form.is_spam and links.may_be_mailed(email):
        if links.is_staff_address(email):
            mails.send_use_your_password(email=email)
        else:
            link = links.make_link(email=email, next_path=next_path)
            mails.send_sign_in_link(email=link.email, token=link.token)
    return go("sign_in_sent")


@private
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return show(request, "sign_in_sent.html", minutes=int(links.LASTS.total_seconds() // 60))


@private
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, so that a mail scanner that opens links uses nothing up; POST signs in."""
    try:
        if request.method != "POST":
            links.look_at_link(token)
            response = show(request, "open_link.html")
        else:
            person, next_path = links.use_link(token=token)
            links.sign_in(request, person)
            response = redirect(next_path) if _is_here(request, next_path) else go("my_settings")
    except links.LinkDoesNotWork as why:
        response = show(
            request, "dead_link.html", status=410, is_used=isinstance(why, links.LinkUsed),
            is_too_old=isinstance(why, links.LinkTooOld), is_staff=isinstance(why, links.StaffUsePassword),
        )  # fmt: skip
    return response


@private
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser."""
    logout(request)
    return go("sign_in")


def _is_signed_in(request: HttpRequest) -> bool:
    from foundation.accounts.doors import has_session_cookie

    return has_session_cookie(request) and request.user.is_authenticated


def _is_here(request: HttpRequest, path: str) -> bool:
    return bool(path) and url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()})
