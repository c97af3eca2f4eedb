"""What waits on whom, since when, and how long reviews take: for the editors' dashboard and their weekly mail."""

import statistics
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from home.models import AudiencePage, ResourcePage

from .models import PartnershipQuestion, Post, PublishersTask, Remark, Review, Round, YoungAdvisorsTask
from .selectors import newest, overdue_questions, public_questions, waiting, young_advisors
from .services.drafts import refresh_rounds
from .setup import YOUNG_AUDIENCES

ADVISORS, PUBLISHERS, EDITORS = "Young Advisors", "Publishers", "Editors"
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits."""

    on: str
    title: str
    what: str
    since: datetime
    url: str = ""
    is_late: bool = False

    @property
    def days(self) -> int:
        """How long, in whole days."""
        return max(0, (timezone.now() - self.since).days)


def what_waits() -> list[Waiting]:
    """Everything of the Young Advisors' work that waits, the longest first."""
    found = [*_on_advisors(), *_on_publishers(), *_on_editors(), *_on_groups()]
    return sorted(found, key=lambda one: one.since)


@dataclass(frozen=True)
class Pace:
    """How long finished reviews took, over the last year."""

    reviews: int
    median_days: float
    longest_days: int


def pace() -> Pace | None:
    """From sending to the Young Advisors' decision; None while there was no review."""
    since = timezone.now() - A_YEAR
    tasks = TaskState.objects.filter(
        task__in=YoungAdvisorsTask.objects.all(), finished_at__gte=since,
        status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED),
    ).values_list("started_at", "finished_at")  # fmt: skip
    rounds = Round.objects.filter(closed_at__gte=since).exclude(decision="").values_list("opened_at", "closed_at")
    days = [(end - start).total_seconds() / 86_400 for start, end in [*tasks, *rounds] if start and end]
    return Pace(len(days), round(statistics.median(days), 1), int(max(days))) if days else None


def never_seen(limit: int | None = None) -> list[Page]:
    """Public pages for young people that no Young Advisor has ever decided on or written, the oldest first."""
    parts = AudiencePage.objects.filter(audience__slug__in=YOUNG_AUDIENCES, locale__language_code="en")
    below = Q(pk__in=[])
    for part in parts:
        below |= Q(path__startswith=part.path)
    seen = Review.objects.filter(page__isnull=False).exclude(decision="").values("page_id")
    written = Post.objects.filter(page__isnull=False).values("page_id")
    helped = ResourcePage.objects.exclude(young_advisors_credit="").values("pk")
    pages = Page.objects.live().filter(below).exclude(pk__in=seen).exclude(pk__in=written).exclude(pk__in=helped)
    return list(pages.order_by("first_published_at", "path")[:limit])


def _on_advisors() -> list[Waiting]:
    pages = [
        Waiting(ADVISORS, newest(one).as_object().title, "Page", one.started_at, _edit(one.workflow_state.object_id))
        for one in waiting()
    ]
    drafts = [
        Waiting(ADVISORS, draft.title, draft.kind, held.opened_at, draft.staff_url) for draft, held in refresh_rounds()
    ]
    return [*pages, *drafts, *_posts_to_change(is_author_here=True)]


def _on_publishers() -> list[Waiting]:
    found = TaskState.objects.filter(
        task__in=PublishersTask.objects.all(), status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    ).select_related("workflow_state")  # fmt: skip
    return [
        Waiting(
            PUBLISHERS,
            newest(one).as_object().title,
            "Page, reviewed",
            one.started_at,
            _edit(one.workflow_state.object_id),
        )
        for one in found
        if isinstance(one.workflow_state.content_object, Page)
    ]


def _on_editors() -> list[Waiting]:
    posts = [
        Waiting(EDITORS, str(post), "Post", post.sent_at or post.changed_at, _post(post))
        for post in Post.objects.filter(state=Post.State.SENT)
    ]
    asked = PartnershipQuestion.objects.filter(state=PartnershipQuestion.State.SENT)
    questions = [Waiting(EDITORS, one.text, "Question to read", one.asked_at, _question(one)) for one in asked]
    answers = [
        Waiting(EDITORS, one.text, "Answer to read", one.answered_at or one.asked_at, _question(one))
        for one in public_questions().filter(answer_published_at__isnull=True).exclude(answer="")
    ]
    return [*posts, *_posts_to_change(is_author_here=False), *questions, *answers, *_open_remarks()]


def _posts_to_change(*, is_author_here: bool) -> list[Waiting]:
    """What editors asked an author to change; they close it themselves once that author has left."""
    here = Q(author__in=young_advisors())
    on, what = (ADVISORS, "Post to change") if is_author_here else (EDITORS, "Post, its author has left")
    return [
        Waiting(on, str(post), what, post.answered_at or post.changed_at, _post(post))
        for post in Post.objects.filter(here if is_author_here else ~here, state=Post.State.CHANGE)
    ]


def _open_remarks() -> list[Waiting]:
    """Pages with comments that nobody has dealt with, and that do not wait for the Young Advisors."""
    away = {int(one.workflow_state.object_id) for one in waiting()}
    found: dict[int, Any] = {}
    remarks = Remark.objects.filter(page__isnull=False, resolved_at__isnull=True).exclude(page_id__in=away)
    for remark in remarks.select_related("page").order_by("created_at"):
        found.setdefault(int(remark.page_id or 0), remark)
    return [
        Waiting(EDITORS, one.page.title, "Comments on a page", one.created_at, reverse("page_remarks", args=[page_id]))
        for page_id, one in found.items()
    ]


def _on_groups() -> list[Waiting]:
    late = set(overdue_questions().values_list("pk", flat=True))
    rows = public_questions().filter(answer="")
    return [
        Waiting(
            one.subgroup.name, one.text, f"Question, due {one.due_on:%-d %B %Y}",
            one.published_at or timezone.make_aware(datetime.combine(timezone.localdate(), time())),
            _question(one), one.pk in late,
        )
        for one in rows
    ]  # fmt: skip


def _edit(page_id: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _post(post: Post) -> str:
    return reverse("young_advisors_post", args=[post.pk])


def _question(question: PartnershipQuestion) -> str:
    return reverse("young_advisors_question", args=[question.pk])
