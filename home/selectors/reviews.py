"""Pages whose check is due, over all types of pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils import timezone


@dataclass(frozen=True)
class DueForReview:
    """A live page whose day of checking has come, or that has none."""

    page_id: int
    title: str
    owner_role: str
    reviewed_on: date | None
    review_due: date | None


def page_models() -> list[Any]:
    """Every type of page of the site."""
    from home.models import BasePage

    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def pages_due_for_review(
    *, on: date | None = None, include_undated: bool = True, limit: int | None = None
) -> list[DueForReview]:
    """Live English pages due on or before a day (today, if none is given), the longest overdue first. One query.

    Pages without a date come last, unless they are left out: what nobody has promised to check is due too.
    Translations follow their English page and have no date of their own.
    """
    day = on or timezone.localdate()
    wanted = Q(review_due__lte=day)
    if include_undated:
        wanted |= Q(review_due__isnull=True)
    columns = ("pk", "title", "owner_role", "reviewed_on", "review_due")
    queries = [
        model.objects.filter(wanted, live=True, locale__language_code=settings.LANGUAGE_CODE)
        .order_by()
        .values_list(*columns)
        for model in page_models()
    ]
    rows = [DueForReview(*row) for row in queries[0].union(*queries[1:], all=True)]
    rows.sort(key=lambda row: (row.review_due is None, row.review_due or day, row.title))
    return rows if limit is None else rows[:limit]
