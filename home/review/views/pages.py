"""/review/: what waits, and the review of a page's draft."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import TaskState

from foundation.redirects import see_other

from ..errors import AlreadyDecided
from ..forms import RemarkForm
from ..models import Post, Remark, Review
from ..places import places_of, reading_age
from ..selectors import everything_waiting, is_open, newest, newest_replies, questions_of, remarks_before, rounds
from ..services import add_remark, decide, keep_checklist, take_back_remark
from ..services.unsent import unsent_words
from .frame import above, show, user_of, young_advisors_only
from .sheet import Sheet, Steps


@young_advisors_only
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """What waits, what one writes oneself, and what one asked."""
    context = {
        "waiting": everything_waiting(),
        "posts": Post.objects.filter(author=request.user.pk).exclude(edition=0),
        "posts_of_others": Post.objects.filter(state=Post.State.SENT).exclude(author=request.user.pk),
        "questions": questions_of(request.user.pk),
        "replies": newest_replies(),
    }
    return show(request, "list.html", context, trail=[])


@young_advisors_only
@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: as the public will see it, what to say about it, and the decision."""
    state = _round(pk)
    if not is_open(state):
        return _closed(request, state)
    revision = newest(state)
    page = revision.as_object()
    places = places_of(page)
    sheet = Sheet(
        request, places=places, review=Review.objects.filter(task_state=state, author=request.user.pk).first()
    )
    if request.method == "POST":
        try:
            answer = sheet.take(_steps(request, state))
        except AlreadyDecided:
            return _closed(request, state)
        if answer is not None:
            return answer
    context = {
        "state": state,
        "draft": page,
        "revision": revision,
        "reading_age": reading_age(page),
        "places": places,
        "remarks": Remark.objects.filter(task_state=state).select_related("author").prefetch_related("replies"),
        "remarks_before": remarks_before(state),
        "remark_form": sheet.remark,
        "checklist": sheet.checklist,
        "form": sheet.refused,
        "form_has_errors": sheet.has_errors,
        "decisions": Review.Decision,
        "is_wide": request.GET.get("width") == "wide",
    }
    return show(request, "page.html", context, trail=above(), status=422 if sheet.has_errors else 200)


@young_advisors_only
@require_safe
def review_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft exactly as the public will see it; for the frame, or by itself."""
    state = _round(pk)
    if not is_open(state):
        return _closed(request, state)
    page = newest(state).as_object()
    return cast(HttpResponse, page.make_preview_request(request, page.default_preview_mode))


@young_advisors_only
@require_POST
def take_back(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Remove one's own remark while the round is open."""
    state = _round(pk)
    own = get_object_or_404(Remark, pk=remark, task_state=state, author=request.user.pk)
    if own.can_be_taken_back and is_open(state):
        take_back_remark(remark=own, by=user_of(request))
    else:
        messages.error(request, _("An editor has dealt with it already, so it stays."))
    return _back(state, "said")


def _steps(request: HttpRequest, state: TaskState) -> Steps:
    by, seen = user_of(request), request.POST.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else 0

    def say(form: RemarkForm) -> None:
        add_remark(state=state, by=by, **form.said)

    def done(decision: str) -> HttpResponse:
        messages.success(
            request,
            _("Thank you. The page goes on to the people who publish.")
            if decision == Review.Decision.READY
            else _("Thank you. The editors see what should change, and send it to you again."),
        )
        return see_other(reverse("review"))

    return Steps(
        keep=lambda answers, is_pressed: keep_checklist(state=state, by=by, answers=answers, is_pressed=is_pressed),
        say=say,
        decide=lambda decision, answers: decide(
            state=state, by=by, decision=decision, answers=answers, seen_revision=revision
        ),
        back=lambda part: _back(state, part),
        done=done,
    )


def _round(pk: int) -> TaskState:
    state = rounds().filter(pk=pk).first()
    if state is None or state.workflow_state.content_object is None:
        raise Http404
    return cast(TaskState, state)


def _closed(request: HttpRequest, state: TaskState) -> HttpResponse:
    """The round is over: what came of it, and what had just been typed, so that nothing is lost."""
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"said": over()}, status=409)
    typed = typed_words(request) or unsent_words(by=request.user.pk, task_state=state)
    context = {"title": state.workflow_state.content_object.title, "state": state, "typed": typed}
    return show(request, "closed.html", context, trail=above(), status=409 if request.method == "POST" else 200)


def _back(state: TaskState, part: str) -> HttpResponse:
    return see_other(f"{reverse('review_page', args=[state.pk])}#{part}")


def typed_words(request: HttpRequest) -> list[str]:
    """What had just been typed, to be shown where it cannot be saved any more."""
    names = ("remark-text", "remark-old_words", "note", "public_words")
    return [value for name in names if (value := request.POST.get(name, "").strip())]


def over() -> str:
    """What the script shows where nothing can be saved any more."""
    return _("This review is over, so it was not saved. Copy your words if you want to keep them.")
