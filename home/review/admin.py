"""The editors' side: what Young Advisors said about a page, or about a draft of another room."""

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
from .errors import CannotTakeOver
from .models import Remark, Review
from .places import places_of
from .selectors import remarks_of, remarks_on
from .services import accept_credit, drop_remark, resolve, take_over
from .services.drafts import draft_of, take_over_in_draft
from .wordings import Part, in_its_place


@require_http_methods(["GET", "HEAD", "POST"])
def page_remarks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Everything said about a page, with a way to take it over or mark it as dealt with."""
    page = _own_page(request, page_id)
    if request.method == "POST":
        return _acted(request, Remark.objects.filter(page=page), Review.objects.filter(page=page))
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
    return render(request, "home/review/admin/remarks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_remarks(request: HttpRequest, key: str) -> HttpResponse:
    """Everything said about a draft of another room, for who works on it."""
    found, draft = provider_of(key), draft_of(key)
    if found is None or draft is None:
        raise Http404
    if not found[0].may_edit(found[1], cast(User, request.user)):
        raise PermissionDenied
    if request.method == "POST":
        return _acted(request, Remark.objects.filter(draft_key=key), Review.objects.none())
    context = {
        "title": draft.title,
        "rows": _rows(remarks_on(key), draft.places),
        "reviews": Review.objects.filter(draft_key=key).select_related("author").order_by("-pk"),
        "edit_url": draft.staff_url,
        "is_page": False,
    }
    return render(request, "home/review/admin/remarks.html", context)


def _rows(remarks: Any, places: list[DraftPlace]) -> list[dict[str, Any]]:
    texts = {place.key: place.text for place in places}
    return [{"remark": remark, "parts": _parts(remark, texts.get(remark.place, ""))} for remark in remarks]


def _parts(remark: Remark, text: str) -> list[Part]:
    return in_its_place(text, remark.old_words, remark.text) if remark.old_words else []


def _acted(request: HttpRequest, remarks: Any, reviews: Any) -> HttpResponse:
    try:
        _act(request, remarks, reviews)
    except CannotTakeOver as error:
        messages.error(request, str(error))
    return see_other(request.path)


def _own_page(request: HttpRequest, page_id: int) -> Page:
    if not page_permission_policy.user_has_any_permission(request.user, {"change", "publish"}):
        raise PermissionDenied
    mine = page_permission_policy.instances_user_has_any_permission_for(request.user, {"change", "publish"})
    page = mine.filter(pk=page_id, depth__gte=2).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return cast(Page, page)


def _act(request: HttpRequest, remarks: Any, reviews: Any) -> None:
    by, act = cast(User, request.user), request.POST.get("act", "")
    if act in ("show", "hide"):
        review = get_object_or_404(reviews, pk=number_of(request, "review"))
        accept_credit(review=review, by=by, is_accepted=act == "show")
        messages.success(request, "Saved.")
        return
    remark: Any = get_object_or_404(remarks, pk=number_of(request, "remark"))
    if act == "take-over":
        (take_over_in_draft if remark.draft_key else take_over)(remark=remark, by=by)
        messages.success(request, "The wording stands in the draft now. Nothing is published yet.")
    elif act == "drop":
        drop_remark(remark=remark, by=by)
        messages.success(request, "Taken away. The audit trail keeps it.")
    elif act == "resolve":
        resolve(remark=remark, by=by)
        messages.success(request, "Marked as dealt with.")
    else:
        raise Http404
