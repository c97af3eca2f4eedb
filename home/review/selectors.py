"""Reads: what waits for Young Advisors, what they said, and what a page may show of it."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from foundation.accounts.models import User
from foundation.accounts.roles import YOUNG_ADVISOR
from foundation.cache.kept import Kept
from foundation.registries.advisors import WaitingForAdvisors, advisors_providers

from .models import PartnershipQuestion, Post, Remark, Reply, Review, TakeoverDay, YoungAdvisorsTask

MOST_BEFORE = 40
MOST_REPLIES = 20
REPLIES_SHOWN_FOR = timedelta(days=90)
_written: Kept[dict[int, dict[str, Any]]] = Kept()
_reviewed: Kept[dict[int, dict[str, Any]]] = Kept()


def is_young_advisor(user: Any) -> bool:
    """Whether this person has the role now."""
    return bool(user.is_active and user.groups.filter(name=YOUNG_ADVISOR.name).exists())


def young_advisors() -> "QuerySet[User]":
    """Everybody who has the role now."""
    return User.objects.filter(is_active=True, groups__name=YOUNG_ADVISOR.name)


def rounds() -> Any:
    """Every round of review by Young Advisors, over or not."""
    return TaskState.objects.filter(task__in=YoungAdvisorsTask.objects.all()).select_related(
        "workflow_state__requested_by", "task"
    )


def waiting() -> list[TaskState]:
    """The rounds that wait for a decision, the oldest first. Only of pages."""
    open_rounds = rounds().filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status="in_progress"
    ).order_by("started_at", "pk")  # fmt: skip
    return [one for one in open_rounds if isinstance(one.workflow_state.content_object, Page)]


def everything_waiting() -> list[WaitingForAdvisors]:
    """What waits for them: pages, drafts of other rooms, and what other rooms show themselves."""
    from .services.drafts import refresh_rounds

    pages = [
        WaitingForAdvisors(
            title=newest(state).as_object().title, url=reverse("review_page", args=[state.pk]), kind=_("Page")
        )
        for state in waiting()
    ]
    drafts = [
        WaitingForAdvisors(title=draft.title, url=reverse("review_other", args=[draft.key]), kind=draft.kind)
        for draft, _round in refresh_rounds()
    ]
    return [*pages, *drafts, *(one for provider in advisors_providers for one in provider.waiting())]


def questions_of(person_id: int | None) -> "QuerySet[PartnershipQuestion]":
    """What a Young Advisor asked, the newest first."""
    mine = PartnershipQuestion.objects.filter(author=person_id).select_related("subgroup")
    return mine.order_by("-asked_at", "-pk")


def is_open(state: TaskState) -> bool:
    """Whether the round still waits for a decision."""
    return bool(
        state.status == TaskState.STATUS_IN_PROGRESS
        and state.workflow_state.status == "in_progress"
        and state.workflow_state.current_task_state_id == state.pk
    )


def newest(state: TaskState) -> Any:
    """The newest revision of the round's page: editors may go on while it is being reviewed."""
    return state.workflow_state.content_object.get_latest_revision()


def remarks_of(page: Page) -> Any:
    """All remarks on a page, open ones first."""
    found = page.young_advisor_remarks.select_related("author", "resolved_by").prefetch_related("replies__author")
    return found.order_by(F("resolved_at").asc(nulls_first=True), "created_at", "pk")


def remarks_before(state: TaskState) -> Any:
    """What was said about the same page in earlier rounds, the newest first: whoever asked for something sees what came of
    it."""
    page = state.workflow_state.content_object
    found = Remark.objects.filter(page_id=page.pk, task_state__started_at__lt=state.started_at)
    return found.select_related("author").prefetch_related("replies").order_by("-created_at", "-pk")[:MOST_BEFORE]


def remarks_on(draft_key: str) -> Any:
    """All remarks on a draft of another room, open ones first."""
    found = Remark.objects.filter(draft_key=draft_key).select_related("author", "resolved_by", "round")
    return found.prefetch_related("replies__author").order_by(
        F("resolved_at").asc(nulls_first=True), "created_at", "pk"
    )  # fmt: skip


def newest_replies() -> "QuerySet[Reply]":
    """What staff answered lately, the newest first, whoever made the remark: a page that is ready comes back to nobody."""
    found = Reply.objects.filter(created_at__gte=timezone.now() - REPLIES_SHOWN_FOR)
    found = found.select_related("remark__page", "remark__round", "remark__author")
    return found.order_by("-created_at", "-pk")[:MOST_REPLIES]


def open_remarks(page: Page) -> int:
    """How many remarks nobody has dealt with."""
    return Remark.objects.filter(page_id=page.pk, resolved_at__isnull=True).count()


def credits_on(page_id: int) -> dict[str, Any]:
    """What the public page says of Young Advisors: {on, said: [{words, name}]} of the newest round; empty where there was none.

    One query for all pages, kept until something changes. A name is shown only of somebody who still is one of them.
    """
    return _reviewed.of("all", _read_credits).get(page_id, {})


def _read_credits() -> dict[int, dict[str, Any]]:
    still_here = Q(author__is_active=True, author__groups__name=YOUNG_ADVISOR.name)
    named = set(Review.objects.filter(still_here).values_list("pk", flat=True))
    published = list(
        Review.objects.filter(published_at__isnull=False, page__isnull=False).order_by("published_at", "pk")
    )
    newest_of = {one.page_id: one for one in published if one.decision == Review.Decision.READY}
    return {
        int(page_id or 0): {
            "on": decided.decided_at,
            "said": [_said(one, named) for one in published if _is_shown_with(one, decided)],
        }
        for page_id, decided in newest_of.items()
    }


def _is_shown_with(one: Review, decided: Review) -> bool:
    is_of_its_round = one.pk == decided.pk or (one.task_state_id and one.task_state_id == decided.task_state_id)
    return bool(is_of_its_round and one.is_credit_accepted and (one.public_words or one.credited_as))


def _said(one: Review, named: set[int]) -> dict[str, str]:
    return {"words": one.public_words, "name": one.credited_as if one.pk in named else ""}


def written_by_young_advisors(page_id: int) -> dict[str, Any]:
    """What a page says of the post that it was made of: {"name", "theme", "posts"}; empty for other pages.

    One query for all pages, kept until something changes.
    """
    return _written.of("all", _read_posts).get(page_id, {})


def _read_posts() -> dict[int, dict[str, Any]]:
    posts = (
        Post.objects.filter(page__isnull=False).select_related("page", "theme__page", "author").order_by("page__title")
    )
    here = set(young_advisors().values_list("pk", flat=True)) if posts else set()
    found: dict[int, dict[str, Any]] = {}
    for post in posts:
        theme = post.theme.page if post.theme and post.theme.page and post.theme.page.live else None
        name = post.credited_as if post.author_id in here else ""
        found[int(post.page_id or 0)] = {"name": name, "theme": theme, "posts": []}
    for post in posts:
        above = found.get(int(post.theme.page_id or 0)) if post.theme else None
        if above is not None and post.page and post.page.live:
            above["posts"].append(post.page)
    return found


def public_questions() -> "QuerySet[PartnershipQuestion]":
    """What everybody may read, the newest first. A name is kept only while its owner is a Young Advisor."""
    public = PartnershipQuestion.objects.filter(state=PartnershipQuestion.State.PUBLIC)
    return public.select_related("subgroup", "day")


def open_days() -> "QuerySet[TakeoverDay]":
    """The takeover days that questions can still be asked for: those to come, and those of the week gone by."""
    return TakeoverDay.objects.filter(on__gte=timezone.localdate() - timedelta(days=7)).order_by("on", "group_name")


def questions_by_day() -> list[dict[str, Any]]:
    """What everybody may read: [{day, rows: [{question, is_overdue}]}], the newest day first, then what was asked on
    none. A day without a public question is not in it."""
    found: dict[int | None, dict[str, Any]] = {}
    for one in public_questions():
        part = found.setdefault(one.day_id, {"day": one.day, "rows": []})
        part["rows"].append({"question": one, "is_overdue": one.is_overdue()})
    return sorted(found.values(), key=lambda part: part["day"].on if part["day"] else date.min, reverse=True)


def overdue_questions(today: date | None = None) -> "QuerySet[PartnershipQuestion]":
    """Public questions whose day has passed without a public answer, the oldest first."""
    late = public_questions().filter(answer_published_at__isnull=True, due_on__lt=today or timezone.localdate())
    return late.order_by("due_on", "pk")
