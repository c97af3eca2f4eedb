"""/review/: the Young Advisors' side. For everybody else there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import TaskState

from foundation.accounts.models import User
from foundation.partnership.selectors import chrome_for
from foundation.registries.advisors import WaitingForAdvisors, advisors_providers

from .errors import AlreadyDecided, ReviewError
from .forms import ChecklistForm, RemarkForm
from .models import Remark, Review
from .places import places_of, reading_age
from .selectors import is_open, is_young_advisor, newest, rounds, waiting
from .services import add_remark, decide, keep_checklist, take_back_remark

View = Callable[..., HttpResponse]
FIELDS = ("is_clear", "is_for_me", "is_missing", "is_upsetting", "note", "public_words", "credited_as")


def young_advisors_only(view: View) -> View:
    """Signed in, with the role; the answer is kept nowhere."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else reverse("review")
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
        if not is_young_advisor(request.user):
            raise Http404
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return inner


@young_advisors_only
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """What waits: pages here, and what other rooms have."""
    pages = [
        WaitingForAdvisors(
            title=newest(state).as_object().title, url=reverse("review_page", args=[state.pk]), kind=_("Page")
        )
        for state in waiting()
    ]
    others = [one for provider in advisors_providers for one in provider.waiting()]
    return _show(request, "list.html", {"waiting": [*pages, *others]}, trail=[])


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
    return _show(request, "page.html", context, trail=[(_("Review"), reverse("review"))], status=422 if has_errors else 200)  # fmt: skip


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
    take_back_remark(remark=own, by=cast(User, request.user))
    return _back(state, "said")


def _said(request: HttpRequest, state: TaskState, form: RemarkForm) -> HttpResponse:
    found = form.cleaned_data
    add_remark(
        state=state, by=cast(User, request.user), place=form.places[found["place"]], kind=form.kind,
        text=found["text"], old_words=found["old_words"],
    )  # fmt: skip
    messages.success(request, _("Your comment is saved."))
    return _back(state, "said")


def _answered(request: HttpRequest, state: TaskState, act: str, form: ChecklistForm) -> HttpResponse:
    by, answers = cast(User, request.user), form.cleaned_data
    keep_checklist(state=state, by=by, answers=answers)
    if act not in Review.Decision.values:
        messages.success(request, _("Your answers are saved. You can go on later."))
        return _back(state, "checklist")
    seen = request.POST.get("revision", "")
    decide(
        state=state, by=by, decision=act, answers=answers,
        seen_revision=int(seen) if seen.isascii() and seen.isdigit() else 0,
    )  # fmt: skip
    messages.success(
        request,
        _("Thank you. The page goes on to the people who publish.")
        if act == Review.Decision.READY
        else _("Thank you. The editors see what should change, and send it to you again."),
    )
    return _see_other(reverse("review"))


def _round(pk: int) -> TaskState:
    state = rounds().filter(pk=pk).first()
    if state is None or state.workflow_state.content_object is None:
        raise Http404
    return cast(TaskState, state)


def _closed(request: HttpRequest, state: TaskState) -> HttpResponse:
    """The round is over: what came of it, and what had just been typed, so that nothing is lost."""
    typed = [
        value
        for name in ("remark-text", "note", "public_words")
        if (value := request.POST.get(name, "").strip())
    ]  # fmt: skip
    context = {"title": state.workflow_state.content_object.title, "state": state, "typed": typed}
    trail = [(_("Review"), reverse("review"))]
    return _show(request, "closed.html", context, trail=trail, status=409 if request.method == "POST" else 200)


def _back(state: TaskState, part: str) -> HttpResponse:
    return _see_other(f"{reverse('review_page', args=[state.pk])}#{part}")


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], *, trail: list[tuple[str, str]], status: int = 200
) -> HttpResponse:
    chrome = chrome_for(request)
    home = (chrome.urls.get("home") if chrome else None) or "/"
    crumbs = [{"title": _("Home"), "url": home}, *({"title": title, "url": url} for title, url in trail)]
    found = {"chrome": chrome, "breadcrumbs": crumbs, "no_index": True, **context}
    return render(request, f"home/review/{template}", found, status=status)
