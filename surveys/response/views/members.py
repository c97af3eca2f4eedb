"""What the members of a subgroup write: findings, who does what by when, what was done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.redirects import see_other

from ...errors import SurveyError
from ...fieldwork.views.schools import signed_in
from ...results.presenting import question_text
from ...results.views.frame import asked_items, found_release
from ...results.views.subgroups import own_subgroup, question_url
from .. import services
from ..forms import FindingForm, ResponseForm
from ..models import Finding, Response
from ..selectors import came_of_it, finding_url, findings_of, overdue
from .frame import may_write, own_finding, own_response, show, trail_of, user_of, writable_subgroup

_forms = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def subgroup_findings(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that this subgroup wrote, and what is overdue."""
    subgroup = own_subgroup(request, key)
    context = {
        "subgroup": subgroup,
        "findings": list(findings_of(subgroup)),
        "overdue": list(overdue(subgroup=subgroup)),
    }
    return show(request, "findings.html", context, trail=trail_of(subgroup)[:-1])


@signed_in
@_forms
def add_finding(request: HttpRequest, key: str, survey: str, wave: str, code: str) -> HttpResponse:
    """A finding on a question that serves this subgroup."""
    subgroup = writable_subgroup(request, key)
    release = found_release(survey, wave)
    item = asked_items(release, code=code, subgroup=key)[0]
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        finding = services.add_finding(
            subgroup=subgroup, release=release, question_code=code, by=user_of(request), **form.cleaned_data
        )
        messages.success(request, _("The finding is kept. Now say what will be done about it."))
        return see_other(_url(finding))
    context = {
        "subgroup": subgroup,
        "form": form,
        "question": question_text(item | {"row": None}),
        "question_url": question_url(subgroup, release, code),
    }
    return _form_page(request, "finding_form.html", context, trail=trail_of(subgroup))


@signed_in
@require_safe
def one_finding(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A finding as its subgroup sees it."""
    subgroup = own_subgroup(request, key)
    finding = own_finding(subgroup, pk)
    today = timezone.localdate()
    context = {
        "subgroup": subgroup,
        "finding": finding,
        "responses": [
            {
                "response": one,
                "is_overdue": one.done_on is None and one.due_on < today,
                "came_of_it": came_of_it(one),
            }
            for one in finding.responses.all()
        ],
        "may_write": may_write(request, subgroup),
        "can_change": may_write(request, subgroup) and finding.state != Finding.State.PUBLISHED,
        "is_public": finding.state == Finding.State.PUBLISHED,
        "public_url": finding_url(finding),
        "question_url": question_url(subgroup, finding.release, finding.question_code),
    }
    return show(request, "finding.html", context, trail=trail_of(subgroup))


@signed_in
@_forms
def change_finding(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Other words for a finding that is not public."""
    subgroup = writable_subgroup(request, key)
    finding = own_finding(subgroup, pk)
    initial = {"you_said": finding.you_said, "why_it_matters": finding.why_it_matters}
    form = FindingForm(request.POST if request.method == "POST" else None, initial=initial)
    problems: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.change_finding(finding=finding, by=user_of(request), **form.cleaned_data)
        except SurveyError as refusal:
            problems = [{"text": str(refusal), "target": ""}]
        else:
            return see_other(_url(finding))
    context = {"subgroup": subgroup, "finding": finding, "form": form, "problems": problems}
    return _form_page(request, "finding_form.html", context, trail=trail_of(subgroup, finding))


@signed_in
@_forms
def edit_response(request: HttpRequest, key: str, pk: int, response: int | None = None) -> HttpResponse:
    """Who does what by when; later what was done and what came of it."""
    subgroup = writable_subgroup(request, key)
    finding = own_finding(subgroup, pk)
    known: Response | None = own_response(finding, response) if response is not None else None
    form = ResponseForm(request.POST if request.method == "POST" else None, response=known)
    if request.method == "POST" and form.is_valid():
        services.save_response(finding=finding, response=known, by=user_of(request), **form.values())
        if finding.state == Finding.State.PUBLISHED:
            messages.success(request, _("Kept. It stands on the public page once a survey manager has read it."))
        return see_other(_url(finding))
    context = {"subgroup": subgroup, "finding": finding, "form": form, "response": known}
    return _form_page(request, "response_form.html", context, trail=trail_of(subgroup, finding))


def _form_page(
    request: HttpRequest, template: str, context: dict[str, object], *, trail: list[tuple[str, str]]
) -> HttpResponse:
    form = context["form"]
    has_errors = bool(getattr(form, "has_errors", False)) or bool(context.get("problems"))
    found = {**context, "form_has_errors": has_errors}
    return show(request, template, found, trail=trail, status=422 if has_errors else 200)


def _url(finding: Finding) -> str:
    return reverse("subgroup_finding", args=[finding.subgroup.key, finding.pk])
