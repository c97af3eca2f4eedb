"""What the public can tell us, and what being listed means."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.redirects import see_other

from ..forms import MissingClubForm, ReportForm
from ..services import ask_for_club, report_listing
from .frame import absent, listing_or_none, show, tells_nobody

_RISK = "risk"


@csrf_exempt  # a signed token stands in for the cookie that public pages do not set
@require_http_methods(["GET", "HEAD", "POST"])
@tells_nobody
def wrong(request: HttpRequest, slug: str) -> HttpResponse:
    """First: might a child be at risk? Yes leads to the numbers, and nothing is stored. No leads to the form."""
    found = listing_or_none(slug)
    if found is None:
        return absent(request)
    here = reverse("community:listing", args=[found.slug])
    context = {"listing": found, "no_index": True, "exit_page": True}
    answer = request.GET.get(_RISK)
    if request.method != "POST" and answer != "no":
        context["is_at_risk"] = answer == "yes"
        context["is_unanswered"] = "go" in request.GET and answer != "yes"
        return show(request, "wrong_risk.html", context, trail=(found.name, here))
    form = ReportForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        if not form.is_spam:
            given = form.cleaned_data
            report_listing(listing=found, topic=given["topic"], detail=given["detail"], reply_to=given["reply_to"])
        return see_other(reverse("community:wrong_thanks", args=[found.slug]))
    context |= {"form": form, "form_has_errors": form.has_errors}
    status = 200 if not form.is_bound else 429 if form.is_over_limit() else 422
    return show(request, "wrong_form.html", context, status=status, trail=(found.name, here))


@require_safe
@tells_nobody
def wrong_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, and what happens next."""
    found = listing_or_none(slug)
    if found is None:
        return absent(request)
    here = reverse("community:listing", args=[found.slug])
    return show(request, "wrong_thanks.html", {"listing": found, "no_index": True}, trail=(found.name, here))


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@tells_nobody
def missing(request: HttpRequest) -> HttpResponse:
    """My child's club isn't here. The answer is the same whether the name is known or not."""
    form = MissingClubForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        if not form.is_spam:
            given = form.cleaned_data
            ask_for_club(name=given["name"], where=given["where"], web=given["web"])
        return see_other(reverse("community:missing_thanks"))
    status = 200 if not form.is_bound else 429 if form.is_over_limit() else 422
    return show(request, "missing.html", {"form": form, "form_has_errors": form.has_errors}, status=status)


@require_safe
@tells_nobody
def missing_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    trail = (_("My child’s club isn’t here"), reverse("community:missing"))
    return show(request, "missing_thanks.html", {"no_index": True}, trail=trail)


@require_safe
@tells_nobody
def meaning(request: HttpRequest) -> HttpResponse:
    """What being listed means, and what it does not."""
    return show(request, "meaning.html", {})
