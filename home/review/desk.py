"""The editors' desk: what Young Advisors wrote and asked, and what staff do with it."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.permissions import page_permission_policy

from foundation.accounts.models import User
from foundation.redirects import see_other
from home.content.richtext import to_rich_text

from .errors import NotNow
from .models import PartnershipQuestion, Post
from .services import questions as asking
from .services.posts import ask_for_change, close_post, drop_remark, make_page, remark_on_post, young_part
from .views.posts import file_of
from .waiting import what_waits

View = Callable[..., HttpResponse]
SENT_ON = (Post.State.SENT, Post.State.CHANGE, Post.State.CLOSED, Post.State.PAGE)


def looks_after_pages(user: Any) -> bool:
    """Whether this person writes or publishes pages, and so answers Young Advisors."""
    return bool(page_permission_policy.user_has_any_permission(user, {"change", "publish"}))


def editors_only(view: View) -> View:
    """For who looks after pages."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not looks_after_pages(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


def number_of(request: HttpRequest, name: str) -> int:
    """A number from a form; 404 for what is none."""
    value = request.POST.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        raise Http404
    return int(value)


@editors_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits on whom, all posts, all questions."""
    context = {
        "waiting": what_waits(),
        "posts": Post.objects.filter(state__in=SENT_ON).select_related("author", "page"),
        "questions": [
            {"question": one, "is_overdue": one.is_overdue()}
            for one in PartnershipQuestion.objects.select_related("subgroup").order_by("-asked_at")
        ],
    }
    return render(request, "home/review/admin/desk.html", context)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post that was sent: read it, say something, ask for changes, make a page of it."""
    found = get_object_or_404(Post.objects.select_related("author", "theme", "page").filter(state__in=SENT_ON), pk=pk)
    part = young_part()
    may = part.permissions_for_user(request.user) if part else None
    can_add, can_publish = bool(may and may.can_add_subpage()), bool(may and may.can_publish_subpage())
    typed = ""
    if request.method == "POST":
        try:
            return _act_on_post(request, found, can_add=can_add, can_publish=can_publish)
        except NotNow as error:
            messages.error(request, str(error))
            typed = request.POST.get("text", "")
    context = {
        "post": found, "html": to_rich_text(found.text, lambda path: None), "can_add": can_add, "can_publish": can_publish,
        "remarks": found.remarks.select_related("author"), "typed": typed,
    }  # fmt: skip
    return render(request, "home/review/admin/post.html", context, status=422 if typed else 200)


@editors_only
@require_safe
def desk_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The picture, film or captions of a post that was sent."""
    return file_of(get_object_or_404(Post.objects.filter(state__in=SENT_ON), pk=pk), name)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: put it to the group or not, publish the answer, take it off."""
    found = get_object_or_404(PartnershipQuestion.objects.select_related("subgroup", "author", "answered_by"), pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _act_on_question(request, found))
            return _see_other("young_advisors_desk")
        except NotNow as error:
            problem = str(error)
    due = request.POST.get("due_on") or (timezone.localdate() + asking.USUAL_TIME).isoformat()
    context = {
        "question": found, "problem": problem, "due": due, "because": request.POST.get("because", ""),
        "is_overdue": found.is_overdue(), "seen": found.answered_at.isoformat() if found.answered_at else "",
    }  # fmt: skip
    return render(request, "home/review/admin/question.html", context, status=422 if problem else 200)


def _act_on_post(request: HttpRequest, found: Post, *, can_add: bool, can_publish: bool) -> HttpResponse:
    by, act, text = cast(User, request.user), request.POST.get("act", ""), request.POST.get("text", "")
    if act == "change":
        ask_for_change(post=found, by=by, text=text[:2_000])
        messages.success(request, "The Young Advisor sees what should change, and can write on.")
        return _see_other("young_advisors_desk")
    if act == "close":
        close_post(post=found, by=by, text=text[:2_000])
        messages.success(request, "It does not go on the site. Its author reads why.")
        return _see_other("young_advisors_desk")
    if act == "drop":
        drop_remark(remark=get_object_or_404(found.remarks, pk=number_of(request, "remark")), by=by)
        messages.success(request, "Taken away. The audit trail keeps it.")
        return _see_other("young_advisors_post", found.pk)
    if act == "say":
        if not text.strip():
            raise NotNow("Write something first.")
        remark_on_post(post=found, by=by, text=text[:2_000], is_staff=True)
        return _see_other("young_advisors_post", found.pk)
    if act not in ("page", "publish"):
        raise Http404
    if not (can_publish if act == "publish" else can_add):
        raise PermissionDenied
    page = make_page(post=found, by=by, publish=act == "publish", seen=request.POST.get("edition", ""))
    if act == "publish":
        messages.success(request, f"“{page.title}” is on the site.")
        return _see_other("young_advisors_desk")
    messages.success(request, "The page is a draft now. Submit it when it is ready.")
    return redirect("wagtailadmin_pages:edit", page.pk)


def _act_on_question(request: HttpRequest, found: PartnershipQuestion) -> str:
    by, act, because = cast(User, request.user), request.POST.get("act", ""), request.POST.get("because", "")[:1_000]
    if act == "put":
        asking.put_to_group(question=found, due_on=_day(request.POST.get("due_on", "")), by=by)
        return "The question is public, and the group can answer it."
    if act == "decline":
        asking.decline(question=found, because=because, by=by)
        return "The Young Advisors read why."
    if act == "publish":
        asking.publish_answer(question=found, seen=_moment(request.POST.get("seen", "")), by=by)
        return "The answer is public."
    if act == "take-off":
        asking.take_off(question=found, because=because, by=by)
        return "The question is off the site."
    raise Http404


def _moment(typed: str) -> datetime.datetime | None:
    try:
        return parse_datetime(typed) if len(typed) < 40 else None
    except ValueError:
        return None


def _day(typed: str) -> datetime.date:
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None:
        raise NotNow("Enter a real day, such as 2027-03-31.")
    return day


def _see_other(name: str, *args: Any) -> HttpResponse:
    return see_other(reverse(name, args=args))
