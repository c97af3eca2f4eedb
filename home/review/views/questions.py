"""Questions to the partnership: asked by Young Advisors, answered by a subgroup, read by everybody."""

import datetime

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.partnership.models import SubgroupMember
from foundation.redirects import see_other

from ..errors import NotNow, ReviewError
from ..models import PartnershipQuestion
from ..post_forms import AnswerForm, QuestionForm
from ..selectors import questions_by_day, questions_of
from ..services.questions import answer, ask, take_back_question
from .frame import above, show, signed_in, user_of, young_advisors_only


@young_advisors_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask_question(request: HttpRequest) -> HttpResponse:
    """A question to one of the groups."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask(by=user_of(request), **form.cleaned_data)
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your question is sent. An editor reads it, then the group gets it."))
            return see_other(f"{reverse('review')}#questions")
    context = {"form": form, "form_has_errors": form.has_errors}
    return show(request, "own/question_form.html", context, trail=above(), status=422 if form.has_errors else 200)


@young_advisors_only
@require_POST
def take_back_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own question, while staff have not put it to the group."""
    question = get_object_or_404(questions_of(request.user.pk), pk=pk)
    try:
        take_back_question(question=question, by=user_of(request))
        messages.success(request, _("Taken back."))
    except NotNow as error:
        messages.error(request, str(error))
    return see_other(f"{reverse('review')}#questions")


@signed_in
@require_safe
def asked_of_us(request: HttpRequest) -> HttpResponse:
    """For who sits on a subgroup: what Young Advisors asked it. For everybody else there is no such page."""
    questions = _of_my_groups(request)
    if not SubgroupMember.objects.filter(user=request.user.pk).exists():
        raise Http404
    rows = [{"question": one, "is_overdue": one.is_overdue()} for one in questions]
    return show(request, "own/asked.html", {"rows": rows}, trail=[])


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The group's answer; it can be changed until an editor has published it."""
    question = _of_my_groups(request).filter(pk=pk).first()
    if question is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"text": question.answer})
    problems, theirs = [], ""
    seen = request.POST.get("seen", "") if request.method == "POST" else _moment_of(question)
    if request.method == "POST" and form.is_valid():
        try:
            answer(question=question, text=form.cleaned_data["text"], seen=_moment(seen), by=user_of(request))
        except ReviewError as error:
            problems = [{"text": str(error), "target": ""}]
            question.refresh_from_db()
            theirs, seen = question.answer, _moment_of(question)
        else:
            messages.success(request, _("Kept. It stands on the public page once an editor has read it."))
            return see_other(reverse("asked_of_us"))
    has_errors = bool(form.has_errors or problems)
    context = {
        "question": question, "is_overdue": question.is_overdue(), "form": form, "problems": problems,
        "form_has_errors": has_errors, "theirs": theirs, "seen": seen,
    }  # fmt: skip
    trail = [(_("Asked by Young Advisors"), reverse("asked_of_us"))]
    return show(request, "own/answer.html", context, trail=trail, status=422 if has_errors else 200)


def _moment_of(question: PartnershipQuestion) -> str:
    """When the answer was written that stands in the form, as the form carries it."""
    return question.answered_at.isoformat() if question.answered_at else ""


def _moment(typed: str) -> datetime.datetime | None:
    try:
        return parse_datetime(typed) if len(typed) < 40 else None
    except ValueError:
        return None


@require_safe
def ask_the_partnership(request: HttpRequest) -> HttpResponse:
    """For everybody: what Young Advisors asked, who answers by when, and what they answered."""
    parts = questions_by_day()
    level = 3 if any(part["day"] for part in parts) else 2
    return show(request, "ask.html", {"parts": parts, "level": level, "no_index": False}, trail=[])


def _of_my_groups(request: HttpRequest) -> "QuerySet[PartnershipQuestion]":
    mine = SubgroupMember.objects.filter(user=request.user.pk).values("subgroup")
    return (
        PartnershipQuestion.objects.filter(state=PartnershipQuestion.State.PUBLIC, subgroup__in=mine)
        .select_related("subgroup")
        .order_by(F("answer_published_at").asc(nulls_first=True), "due_on", "pk")
    )
