"""The self-assessment as owners see it: the list, one question at a time, check and send, the plan, the poster."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...errors import ChangedMeanwhile, RegistryError
from ...register.models import Setting
from ...register.views.area import go, member
from ..forms.owners import AnswerForm
from ..help import help_links
from ..models import Answer, EvidenceFile
from ..plan_calendar import calendar_of_plan
from ..selectors.assessment import (
    Question,
    counts_towards,
    last_assessment,
    open_assessment,
    plan_of,
    progress_of,
    to_look_at_again,
)
from ..services.assessments import AnswerRefused, NotAnswered, begin_assessment, mark_of, save_answer, submit_assessment
from .owners_frame import show


@member
def standard(request: HttpRequest, setting: Setting) -> HttpResponse:
    """What the standard is, how far the setting has come, and what comes next."""
    current, last = open_assessment(setting), last_assessment(setting)
    progress = progress_of(setting, current)
    return show(
        request, "standard.html", setting, progress=progress, current=current, last=last,
        following=progress.next_open() if progress and current else None, again=to_look_at_again(setting),
    )  # fmt: skip


@member
@require_POST
def begin(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Begin, or go on."""
    try:
        assessment = begin_assessment(setting=setting, by=request.user)
    except RegistryError as error:
        messages.error(request, str(error))
        return go("standard", setting.pk)
    progress = progress_of(setting, assessment)
    following = (progress.next_open() or progress.questions[0]) if progress and progress.questions else None
    if following is None:
        return go("standard", setting.pk)
    return go("standard_question", setting.pk, following.item.code)


@member
def question(request: HttpRequest, setting: Setting, code: str) -> HttpResponse:
    """One question, with what good looks like."""
    assessment = open_assessment(setting)
    progress = progress_of(setting, assessment)
    asked = progress.question(code) if progress else None
    if progress is None or asked is None:
        raise Http404
    form = _form_of(request, asked)
    theirs: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        saved, theirs = _save(request, setting, code, form)
        if saved:
            return _onward(request, setting, code)
    codes = [each.item.code for each in progress.questions]
    at = codes.index(code)
    return show(
        request, "question.html", setting, form=form, item=asked.item, asked=asked, progress=progress,
        help=help_links([asked.item])[code],
        number=at + 1, before=codes[at - 1] if at else "", after=codes[at + 1] if at + 1 < len(codes) else "",
        area=next(area for area in progress.areas if area.code == asked.item.area), theirs=theirs,
        theirs_label=Answer.Value(theirs["value"]).label if theirs.get("value") else "",
        files=setting.evidence_files.filter(item__code=code).exclude(status=EvidenceFile.Status.PURGED),
        status=409 if theirs else 422 if form.has_errors else 200,
    )  # fmt: skip


def _form_of(request: HttpRequest, asked: Question) -> AnswerForm:
    answer = asked.answer
    initial: dict[str, Any] = {"seen": mark_of(answer)}
    if answer is not None:
        initial |= {"value": answer.value, "note": answer.note, "target_date": answer.target_date}
    return AnswerForm(request.POST if request.method == "POST" else None, initial=initial)


def _save(request: HttpRequest, setting: Setting, code: str, form: AnswerForm) -> tuple[bool, dict[str, Any]]:
    """Whether it was kept; and what a colleague answered meanwhile, if that is why not."""
    given = form.cleaned_data
    try:
        save_answer(
            setting=setting, code=code, value=given["value"], note=given["note"], target_date=given["target_date"],
            seen=given["seen"], by=request.user,
        )  # fmt: skip
    except AnswerRefused as refused:
        form.add_error(refused.field, str(refused))
        return False, {}
    except ChangedMeanwhile as clash:
        # Their answer has been seen now: saving once more keeps mine.
        fresh = progress_of(setting, open_assessment(setting))
        stands = fresh.question(code) if fresh else None
        form.data = {**form.data.dict(), "seen": mark_of(stands.answer if stands else None)}  # type: ignore[attr-defined]
        form.add_error(None, _("A colleague has answered this while you were reading. Look at both, then save again."))
        return False, clash.theirs or {"value": ""}
    except RegistryError as error:
        form.add_error(None, str(error))
        return False, {}
    return True, {}


def _onward(request: HttpRequest, setting: Setting, code: str) -> HttpResponse:
    if "back" in request.POST:
        return go("standard", setting.pk)
    progress = progress_of(setting, open_assessment(setting))
    following = progress.next_open(after=code) if progress else None
    if following is None:
        return go("standard_check", setting.pk)
    return go("standard_question", setting.pk, following.item.code)


@member
def check(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Every answer once more, and send."""
    if request.method == "POST":
        try:
            submit_assessment(setting=setting, by=request.user)
        except NotAnswered:
            pass  # the page says which
        except RegistryError as error:
            messages.error(request, str(error))
            return go("standard", setting.pk)
        else:
            messages.success(request, _("Sent. Thank you. Here is your action plan."))
            return go("standard_plan", setting.pk)
    assessment = open_assessment(setting)
    progress = progress_of(setting, assessment)
    if assessment is None or progress is None:
        return go("standard", setting.pk)
    left = [each for each in progress.questions if not each.is_done]
    status = 422 if request.method == "POST" else 200
    return show(request, "check.html", setting, progress=progress, left=left, status=status)


@member
@require_GET
def plan(request: HttpRequest, setting: Setting) -> HttpResponse:
    """What is still to do, with first steps; and what the work counts towards elsewhere."""
    last = last_assessment(setting)
    if last is None:
        return go("standard", setting.pk)
    steps = plan_of(last)
    links = help_links(step.item for step in steps)
    rows = [
        {"item": step.item, "answer": step.answer, "by": step.by, "is_law": step.is_law, "help": links[step.item.code]}
        for step in steps
    ]
    return show(
        request, "plan.html", setting, last=last, steps=rows, counts=counts_towards(last),
        in_place=last.answers.filter(value=Answer.Value.IN_PLACE).count(), total=last.answers.count(),
    )  # fmt: skip


@member
@require_GET
def plan_calendar(request: HttpRequest, setting: Setting) -> HttpResponse:
    """The plan's days for a calendar."""
    last = last_assessment(setting)
    if last is None:
        raise Http404
    url = request.build_absolute_uri(reverse("community:standard_plan", args=[setting.pk]))
    response = HttpResponse(calendar_of_plan(last, url=url), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="action-plan.ics"'
    return response


@member
@require_GET
def poster(request: HttpRequest, setting: Setting) -> HttpResponse:
    """A sheet for the noticeboard with the local numbers. It names nobody: the space for that is filled in by hand."""
    return show(request, "poster.html", setting)
