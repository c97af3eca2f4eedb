"""/review/: what waits, and the review of a page's draft."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import TaskState

from foundation.redirects import see_other

from ..errors import AlreadyDecided, ReviewError
from ..forms import ChecklistForm, RemarkForm
from ..models import Post, Remark, Review
from ..places import places_of, reading_age
from ..selectors import everything_waiting, is_open, newest, questions_of, rounds
from ..services import add_remark, decide, keep_checklist, take_back_remark
from .frame import above, show, user_of, young_advisors_only

FIELDS = ("is_clear", "is_for_me", "is_missing", "is_upsetting", "note", "public_words", "credited_as")


@young_advisors_only
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """What waits, what one writes oneself, and what one asked."""
    context = {
        "waiting": everything_waiting(),
        "posts": Post.objects.filter(author=request.user.pk).exclude(edition=0),
        "posts_of_others": Post.objects.filter(state=Post.State.SENT).exclude(author=request.user.pk),
        "questions": questions_of(request.user.pk),
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
    review = Review.objects.filter(task_state=state, author=request.user.pk).first()
    remark_form = RemarkForm(places=places_of(page), initial={"place": request.GET.get("place", "page")})
    checklist = ChecklistForm(initial={name: getattr(review, name) for name in FIELDS} if review else None)
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            if act == "say":
                remark_form = RemarkForm(request.POST, places=places_of(page))
                if remark_form.is_valid():
                    return _said(request, state, remark_form)
            else:
                checklist = ChecklistForm(request.POST)
                if checklist.is_valid():
                    return _answered(request, state, act, checklist)
        except AlreadyDecided:
            return _closed(request, state)
        except ReviewError as error:
            checklist.add_error(None, str(error))
    has_errors = remark_form.has_errors or checklist.has_errors
    context = {
        "state": state,
        "draft": page,
        "revision": revision,
        "reading_age": reading_age(page),
        "places": places_of(page),
        "remarks": Remark.objects.filter(task_state=state).select_related("author"),
        "remark_form": remark_form,
        "checklist": checklist,
        "form": remark_form if remark_form.has_errors else checklist,
        "form_has_errors": has_errors,
        "decisions": Review.Decision,
        "is_wide": request.GET.get("width") == "wide",
    }
    return show(request, "page.html", context, trail=above(), status=422 if has_errors else 200)  # fmt: skip


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
    own = Remark.objects.filter(pk=remark, task_state=state, author=request.user.pk, resolved_at__isnull=True).first()
    if own is None or not is_open(state):
        raise Http404
    take_back_remark(remark=own, by=user_of(request))
    return _back(state, "said")


def _said(request: HttpRequest, state: TaskState, form: RemarkForm) -> HttpResponse:
    found = form.cleaned_data
    add_remark(
        state=state, by=user_of(request), place=form.places[found["place"]], kind=form.kind,
        text=found["text"], old_words=found["old_words"],
    )  # fmt: skip
    messages.success(request, _("Your comment is saved."))
    return _back(state, "said")


def _answered(request: HttpRequest, state: TaskState, act: str, form: ChecklistForm) -> HttpResponse:
    by, answers = user_of(request), form.cleaned_data
    keep_checklist(state=state, by=by, answers=answers)
    if act not in Review.Decision.values:
        messages.success(request, _("Your answers are saved. You can go on later."))
        return _back(state, "checklist")
    seen = request.POST.get("revision", "")
    decide(
        state=state, by=by, decision=act, answers=answers,
        seen_revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else 0,
    )  # fmt: skip
    messages.success(
        request,
        _("Thank you. The page goes on to the people who publish.")
        if act == Review.Decision.READY
        else _("Thank you. The editors see what should change, and send it to you again."),
    )
    return see_other(reverse("review"))


def _round(pk: int) -> TaskState:
    state = rounds().filter(pk=pk).first()
    if state is None or state.workflow_state.content_object is None:
        raise Http404
    return cast(TaskState, state)


def _closed(request: HttpRequest, state: TaskState) -> HttpResponse:
    """The round is over: what came of it, and what had just been typed, so that nothing is lost."""
    context = {"title": state.workflow_state.content_object.title, "state": state, "typed": typed_words(request)}
    return show(request, "closed.html", context, trail=above(), status=409 if request.method == "POST" else 200)


def _back(state: TaskState, part: str) -> HttpResponse:
    return see_other(f"{reverse('review_page', args=[state.pk])}#{part}")


def typed_words(request: HttpRequest) -> list[str]:
    """What had just been typed, to be shown where it cannot be saved any more."""
    names = ("remark-text", "remark-old_words", "note", "public_words")
    return [value for name in names if (value := request.POST.get(name, "").strip())]
