"""Subscribing, confirming, choosing, stopping: without a cookie, without an account."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.redirects import see_other

from ..enums import IssueKind, Purpose
from ..errors import Forgotten, LinkDoesNotWork
from ..forms import PreferencesForm, SubscribeForm
from ..links import contact_of_preferences, contact_of_stop, preferences_token
from ..models import Contact
from ..services.consents import choose, forget, never_write, take_back
from ..services.subscribing import ask, confirm, look_at
from ..states import How
from .frame import about_one_person, show


@csrf_exempt  # a signed token stands in for the cookie that public pages do not set
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form. Its answer is the same whether or not the address is known."""
    # No box is ticked beforehand: a consent is something that somebody does.
    form = SubscribeForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        if not form.is_spam:
            given = form.cleaned_data
            ask(
                email=given["email"],
                purposes=given["purposes"],
                facts=form.facts(),
                words=form.words(),
                language=get_language() or "",
            )
        return see_other(reverse("newsletter:asked"))
    status = 200 if not form.is_bound else 429 if form.is_over_limit() else 422
    return show(request, "subscribe.html", {"form": form, "form_has_errors": form.has_errors}, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return show(request, "asked.html", {"no_index": True})


@csrf_exempt  # the token of the address is what counts
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Looking asks; pressing the button agrees. Mail scanners open links, and agree to nothing by that."""
    try:
        wanted = look_at(token)
        if request.method == "POST":
            contact = confirm(token=token)
            return show(request, "confirmed.html", {"preferences": _preferences_of(contact), "no_index": True})
    except LinkDoesNotWork:
        return _dead(request)
    context = {"purposes": _labels(wanted.purposes), "was_used": wanted.used_at is not None, "no_index": True}
    return show(request, "confirm.html", context)


@csrf_exempt  # mail programmes press this button for their readers (RFC 8058), with no cookie of ours
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def stop(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Looking asks; POST stops, also the second time. A mail programme posts by itself and reads no page."""
    try:
        contact = contact_of_stop(token, kind)
    except LinkDoesNotWork:
        return _dead(request)
    is_service = kind == IssueKind.SERVICE
    context = {"kind_label": _labels([kind]), "is_service": is_service, "no_index": True}
    if request.method != "POST":
        return show(request, "stop.html", context)
    how = How.ONE_CLICK if request.POST.get("List-Unsubscribe") == "One-Click" else How.LINK
    if is_service:
        never_write(contact=contact, how=how)
    else:
        take_back(contact=contact, purposes=[kind], how=how)
    context |= {"left": _labels(_agreed(contact)), "preferences": _preferences_of(contact)}
    return show(request, "stopped.html", context)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody gets. The page shows as little of them as will do: mails are forwarded."""
    try:
        contact = contact_of_preferences(token)
    except LinkDoesNotWork:
        return _dead(request)
    now = _agreed(contact)
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial={"purposes": now})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["purposes"]
        try:
            choose(contact=contact, wanted=wanted, words=", ".join(_labels(wanted)))
        except Forgotten:
            return _dead(request)
        return see_other(f"{reverse('newsletter:preferences', args=[token])}?saved=1")
    context = {
        "form": form, "form_has_errors": form.has_errors, "address": masked(contact.email), "token": token,
        "is_saved": "saved" in request.GET, "no_index": True,
        "is_dead": contact.suppressed_why == Contact.Suppressed.BOUNCED,
    }  # fmt: skip
    return show(request, "preferences.html", context)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def forget_me(request: HttpRequest, token: str) -> HttpResponse:
    """Delete everything about them here."""
    try:
        contact = contact_of_preferences(token)
    except LinkDoesNotWork:
        return _dead(request)
    if request.method == "POST":
        forget(contact=contact)
        return show(request, "forgotten.html", {"no_index": True})
    return show(request, "forget.html", {"token": token, "address": masked(contact.email), "no_index": True})


def masked(address: str) -> str:
    """Enough of an address for its owner to know it: a•••@example.org."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}"


def _dead(request: HttpRequest) -> HttpResponse:
    return show(request, "dead.html", {"no_index": True}, status=404)


def _agreed(contact: Contact) -> list[str]:
    return list(contact.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True))


def _labels(purposes: list[str]) -> list[str]:
    chosen = set(purposes)
    return [str(label) for value, label in Purpose.choices if value in chosen]


def _preferences_of(contact: Contact) -> str:
    return reverse("newsletter:preferences", args=[preferences_token(contact.key)])
