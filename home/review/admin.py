"""The editors' side: what Young Advisors said about a page, or about a draft of another room, and what staff answer."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from foundation.accounts.models import User
from foundation.redirects import see_other
from foundation.registries.advisors import DraftPlace, provider_of

from .desk import number_of
from .errors import CannotReply, CannotTakeOver, ReviewError
from .models import LONGEST_REMARK, Remark, Reply, Review
from .places import places_of
from .selectors import remarks_of, remarks_on
from .services import accept_credit, drop_remark, resolve, take_over
from .services.drafts import draft_of, take_over_in_draft
from .services.replies import drop_reply, reply_to
from .wordings import Part, in_its_place


@dataclass(frozen=True)
class NotDone:
    """What could not be done, and the answer that was typed beside it: it stays on the page."""

    why: str
    typed: str
    remark: int | None
    """Whose answer it was to be; None where the remark has gone."""


@require_http_methods(["GET", "HEAD", "POST"])
def page_remarks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Everything said about a page, with a way to take it over or mark it as dealt with."""
    page = _own_page(request, page_id)
    not_done = None
    if request.method == "POST":
        not_done = _acted(request, Remark.objects.filter(page=page), Review.objects.filter(page=page))
        if not_done is None:
            return see_other(request.path)
    context = {
        "title": page.get_admin_display_title(),
        "rows": _rows(remarks_of(page), places_of(page.get_latest_revision_as_object())),
        "reviews": page.young_advisor_reviews.select_related("author").order_by("-pk"),
        "ready_rounds": set(
            page.young_advisor_reviews.filter(decision=Review.Decision.READY).values_list("task_state_id", flat=True)
        ),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "is_page": True,
    }
    return _shown(request, context, not_done)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_remarks(request: HttpRequest, key: str) -> HttpResponse:
    """Everything said about a draft of another room, for who works on it."""
    found, draft = provider_of(key), draft_of(key)
    if found is None or draft is None:
        raise Http404
    if not found[0].may_edit(found[1], cast(User, request.user)):
        raise PermissionDenied
    not_done = None
    if request.method == "POST":
        not_done = _acted(request, Remark.objects.filter(draft_key=key), Review.objects.none())
        if not_done is None:
            return see_other(request.path)
    context = {
        "title": draft.title,
        "rows": _rows(remarks_on(key), draft.places),
        "reviews": Review.objects.filter(draft_key=key).select_related("author").order_by("-pk"),
        "edit_url": draft.staff_url,
        "is_page": False,
    }
    return _shown(request, context, not_done)


def _shown(request: HttpRequest, context: dict[str, Any], not_done: NotDone | None) -> HttpResponse:
    found = {**context, "not_done": not_done, "longest": LONGEST_REMARK}
    return render(request, "home/review/admin/remarks.html", found, status=422 if not_done else 200)


def _rows(remarks: Any, places: list[DraftPlace]) -> list[dict[str, Any]]:
    texts = {place.key: place.text for place in places}
    return [{"remark": remark, "parts": _parts(remark, texts.get(remark.place, ""))} for remark in remarks]


def _parts(remark: Remark, text: str) -> list[Part]:
    return in_its_place(text, remark.old_words, remark.text) if remark.old_words else []


def _acted(request: HttpRequest, remarks: Any, reviews: Any) -> NotDone | None:
    """Do what was pressed; an answer that was typed is kept whatever the button."""
    act, typed = request.POST.get("act", ""), request.POST.get("reply", "").strip()
    if act in ("show", "hide"):
        _show_or_hide(request, reviews, is_accepted=act == "show")
        return None
    remark = remarks.filter(pk=number_of(request, "remark")).first()
    if remark is None and typed:
        return NotDone("This comment has been taken back meanwhile. Your answer was not sent.", typed, None)
    if remark is None:
        raise Http404
    try:
        _act(request, remark, act, typed)
    except CannotTakeOver as error:
        messages.error(request, str(error))
        return NotDone(str(error), typed, remark.pk) if typed else None
    except ReviewError as error:
        return NotDone(str(error), typed, remark.pk)
    return None


def _own_page(request: HttpRequest, page_id: int) -> Page:
    if not page_permission_policy.user_has_any_permission(request.user, {"change", "publish"}):
        raise PermissionDenied
    mine = page_permission_policy.instances_user_has_any_permission_for(request.user, {"change", "publish"})
    page = mine.filter(pk=page_id, depth__gte=2).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return cast(Page, page)


def _show_or_hide(request: HttpRequest, reviews: Any, *, is_accepted: bool) -> None:
    review = get_object_or_404(reviews, pk=number_of(request, "review"))
    accept_credit(review=review, by=cast(User, request.user), is_accepted=is_accepted)
    messages.success(request, "Saved.")


def _act(request: HttpRequest, remark: Remark, act: str, typed: str) -> None:
    by = cast(User, request.user)
    if len(typed) > LONGEST_REMARK:
        raise CannotReply(f"Your answer has {len(typed)} characters; the most is {LONGEST_REMARK}. Nothing is lost.")
    if act == "unsay":
        drop_reply(reply=get_object_or_404(Reply, remark=remark, pk=number_of(request, "answer")), by=by)
        messages.success(request, "Your answer is taken away. The audit trail keeps it.")
        return
    if act == "reply" and not typed:
        raise CannotReply("Write what was done about it, or why not.")
    if act == "take-over":
        (take_over_in_draft if remark.draft_key else take_over)(remark=remark, by=by)
        messages.success(request, "The wording stands in the draft now. Nothing is published yet.")
    elif act == "drop":
        drop_remark(remark=remark, by=by)
        messages.success(request, "Taken away. The audit trail keeps it.")
        return
    elif act == "resolve":
        resolve(remark=remark, by=by)
        messages.success(request, "Marked as dealt with.")
    elif act != "reply":
        raise Http404
    if typed:
        reply_to(remark=remark, by=by, text=typed)
        messages.success(request, "Your answer is kept. Every Young Advisor can read it.")
