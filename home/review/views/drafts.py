"""The review of a draft of another room, such as a questionnaire: the same page as for a page of ours."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.redirects import see_other
from foundation.registries.advisors import Draft, DraftRefused

from ..errors import AlreadyDecided, ReviewError
from ..forms import ChecklistForm, RemarkForm
from ..models import Remark, Review, Round
from ..selectors import remarks_on
from ..services.drafts import decide_on_draft, draft_of, keep_draft_checklist, open_round, remark_on_draft
from ..services.reviews import take_back_remark
from .frame import above, show, user_of, young_advisors_only
from .pages import FIELDS, typed_words


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
    review = Review.objects.filter(round=held, author=request.user.pk).first()
    remark_form = RemarkForm(places=draft.places, initial={"place": request.GET.get("place", "")})
    checklist = ChecklistForm(initial={name: getattr(review, name) for name in FIELDS} if review else None)
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            if act == "say":
                remark_form = RemarkForm(request.POST, places=draft.places)
                if remark_form.is_valid():
                    return _said(request, draft, remark_form)
            else:
                checklist = ChecklistForm(request.POST)
                if checklist.is_valid():
                    return _answered(request, draft, act, checklist)
        except AlreadyDecided:
            return _closed(request, draft)
        except (ReviewError, DraftRefused) as error:
            checklist.add_error(None, str(error))
    return _page(request, draft, held, remark_form, checklist)


@young_advisors_only
@require_POST
def take_back_from_draft(request: HttpRequest, key: str, remark: int) -> HttpResponse:
    """Remove one's own remark while the draft waits."""
    draft = draft_of(key)
    own = Remark.objects.filter(pk=remark, draft_key=key, author=request.user.pk, resolved_at__isnull=True).first()
    if own is None or draft is None or not draft.is_waiting:
        raise Http404
    take_back_remark(remark=own, by=user_of(request))
    return _back(key, "said")


def _page(
    request: HttpRequest, draft: Draft, held: Round, remark_form: RemarkForm, checklist: ChecklistForm
) -> HttpResponse:
    has_errors = remark_form.has_errors or checklist.has_errors
    wanted = request.GET.get("view", "")
    chosen = int(wanted) if wanted.isascii() and wanted.isdigit() and int(wanted) < len(draft.views) else 0
    # A decision that was refused because the words changed has shown the new ones: the next press means those.
    context = {
        "draft": draft,
        "chosen": chosen,
        "view": draft.views[chosen] if draft.views else None,
        "is_wide": request.GET.get("width") == "wide",
        "remarks": remarks_on(draft.key),
        "round": held,
        "remark_form": remark_form,
        "checklist": checklist,
        "form": remark_form if remark_form.has_errors else checklist,
        "form_has_errors": has_errors,
        "decisions": Review.Decision,
    }
    return show(request, "own/other.html", context, trail=above(), status=422 if has_errors else 200)


def _said(request: HttpRequest, draft: Draft, form: RemarkForm) -> HttpResponse:
    found = form.cleaned_data
    remark_on_draft(
        key=draft.key, by=user_of(request), place=form.places[found["place"]], kind=form.kind,
        text=found["text"], old_words=found["old_words"],
    )  # fmt: skip
    messages.success(request, _("Your comment is saved."))
    return _back(draft.key, "said")


def _answered(request: HttpRequest, draft: Draft, act: str, form: ChecklistForm) -> HttpResponse:
    by, answers = user_of(request), form.cleaned_data
    keep_draft_checklist(key=draft.key, by=by, answers=answers)
    if act not in Review.Decision.values:
        messages.success(request, _("Your answers are saved. You can go on later."))
        return _back(draft.key, "checklist")
    seen = request.POST.get("stamp", "")
    decide_on_draft(key=draft.key, by=by, decision=act, seen_stamp=seen, answers=answers)
    messages.success(request, _("Thank you. The people who make it see what you said."))
    return see_other(reverse("review"))


def _closed(request: HttpRequest, draft: Draft) -> HttpResponse:
    context = {"title": draft.title, "typed": typed_words(request)}
    return show(request, "closed.html", context, trail=above(), status=409 if request.method == "POST" else 200)


def _back(key: str, part: str) -> HttpResponse:
    return see_other(f"{reverse('review_other', args=[key])}#{part}")
