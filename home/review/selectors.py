"""Reads: what waits for Young Advisors, what they said, and what a page may show of it."""

from typing import Any

from django.db.models import F, Q
from wagtail.models import Page, TaskState

from foundation.accounts.roles import YOUNG_ADVISOR
from foundation.cache.kept import Kept

from .models import Remark, Review, YoungAdvisorsTask

_reviewed: Kept[dict[int, list[dict[str, Any]]]] = Kept()


def is_young_advisor(user: Any) -> bool:
    """Whether this person has the role now."""
    return bool(user.is_active and user.groups.filter(name=YOUNG_ADVISOR.name).exists())


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
    return page.young_advisor_remarks.select_related("author", "resolved_by").order_by(
        F("resolved_at").asc(nulls_first=True), "created_at", "pk"
    )  # fmt: skip


def open_remarks(page: Page) -> int:
    """How many remarks nobody has dealt with."""
    return Remark.objects.filter(page_id=page.pk, resolved_at__isnull=True).count()


def credits_on(page_id: int) -> list[dict[str, Any]]:
    """What the public page says of Young Advisors: [{on, words, name}], the newest round only.

    One query for all pages, kept until something changes. A name is shown only of somebody who still is one of them.
    """
    return _reviewed.of("all", _read_credits).get(page_id, [])


def _read_credits() -> dict[int, list[dict[str, Any]]]:
    still_here = Q(author__is_active=True, author__groups__name=YOUNG_ADVISOR.name)
    named = set(Review.objects.filter(still_here).values_list("pk", flat=True))
    found: dict[int, list[dict[str, Any]]] = {}
    for review in Review.objects.filter(published_at__isnull=False).order_by("published_at", "pk"):
        is_agreed = review.is_credit_accepted
        found[review.page_id] = [
            {
                "on": review.decided_at,
                "words": review.public_words if is_agreed else "",
                "name": review.credited_as if is_agreed and review.pk in named else "",
            }
        ]
    return found
