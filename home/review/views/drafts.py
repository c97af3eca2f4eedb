"""The review of a draft of another room, such as a questionnaire: the same page as for a page of ours."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.redirects import see_other
from foundation.registries.advisors import Draft

from ..errors import AlreadyDecided
from ..forms import RemarkForm
from ..models import Remark, Review, Round
from ..places import age_of
from ..selectors import remarks_on
from ..services.drafts import decide_on_draft, draft_of, keep_draft_checklist, open_round, remark_on_draft
from ..services.reviews import take_back_remark
from ..services.unsent import unsent_words
from .frame import above, show, user_of, young_advisors_only
from .pages import over, typed_words
from .sheet import Sheet, Steps


@young_advisors_only
@require_http_methods(["GET", "HEAD", "POST"])
def review_other(request: HttpRequest, key: str) -> HttpResponse:
    """One draft: as those for whom it is made will see it, what to say about it, and the decision."""
    draft = draft_of(key)
    if draft is None:
        raise Http404
    if not draft.is_waiting:
        return _closed(request, draft)
    held = open_round(draft)
    sheet = Sheet(
        request,
        places=draft.places,
        review=Review.objects.filter(round=held, author=request.user.pk).first(),
        asks_public_words=not draft.public_words_url,
    )
    if request.method == "POST":
        try:
            answer = sheet.take(_steps(request, draft))
        except AlreadyDecided:
            return _closed(request, draft)
        if answer is not None:
            return answer
    return _page(request, draft, held, sheet)


@young_advisors_only
@require_POST
def take_back_from_draft(request: HttpRequest, key: str, remark: int) -> HttpResponse:
    """Remove one's own remark while the draft waits."""
    draft = draft_of(key)
    own = get_object_or_404(Remark, pk=remark, draft_key=key, author=request.user.pk)
    if own.can_be_taken_back and draft is not None and draft.is_waiting:
        take_back_remark(remark=own, by=user_of(request))
    else:
        messages.error(request, _("An editor has dealt with it already, so it stays."))
    return _back(key, "said")


def _page(request: HttpRequest, draft: Draft, held: Round, sheet: Sheet) -> HttpResponse:
    wanted = request.GET.get("view", "")
    chosen = int(wanted) if wanted.isascii() and wanted.isdigit() and int(wanted) < len(draft.views) else 0
    # A decision that was refused because the words changed has shown the new ones: the next press means those.
    context = {
        "draft": draft,
        "chosen": chosen,
        "view": draft.views[chosen] if draft.views else None,
        "is_wide": request.GET.get("width") == "wide",
        "reading_age": age_of([place.text for place in draft.places]),
        "remarks": remarks_on(draft.key),
        "round": held,
        "remark_form": sheet.remark,
        "checklist": sheet.checklist,
        "form": sheet.refused,
        "form_has_errors": sheet.has_errors,
        "decisions": Review.Decision,
    }
    return show(request, "own/other.html", context, trail=above(), status=422 if sheet.has_errors else 200)


def _steps(request: HttpRequest, draft: Draft) -> Steps:
    by, key = user_of(request), draft.key

    def say(form: RemarkForm) -> None:
        remark_on_draft(key=key, by=by, **form.said)

    def done(_decision: str) -> HttpResponse:
        messages.success(request, _("Thank you. The people who make it see what you said."))
        return see_other(reverse("review"))

    return Steps(
        keep=lambda answers, is_pressed: keep_draft_checklist(key=key, by=by, answers=answers, is_pressed=is_pressed),
        say=say,
        decide=lambda decision, answers: decide_on_draft(
            key=key, by=by, decision=decision, seen_stamp=request.POST.get("stamp", ""), answers=answers
        ),
        back=lambda part: _back(key, part),
        done=done,
    )


def _closed(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"said": over()}, status=409)
    typed = typed_words(request) or unsent_words(by=request.user.pk, draft_key=draft.key)
    context = {"title": draft.title, "typed": typed}
    return show(request, "closed.html", context, trail=above(), status=409 if request.method == "POST" else 200)


def _back(key: str, part: str) -> HttpResponse:
    return see_other(f"{reverse('review_other', args=[key])}#{part}")
