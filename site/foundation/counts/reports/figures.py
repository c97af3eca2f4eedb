"""What the reports say, as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from foundation.counts.models import BrokenLink, PageCount, SearchMiss, UsefulCount
from foundation.registries.outside_links import outside_links
from foundation.registries.review import DuePage, review_providers

MOST_ROWS = 500
DUE_WITHIN = timedelta(days=60)


@dataclass(frozen=True)
class Row:
    """A row of a report; `page_id` is where the row's link leads."""

    cells: tuple[object, ...]
    page_id: int | None = None


def most_read(*, days: int) -> list[Row]:
    """(title, language, times read), the most read first."""
    totals = _since(PageCount.objects.all(), days).values("page_id").annotate(total=Sum("views")).order_by("-total")
    rows = list(totals[:MOST_ROWS])
    titles = _titles(row["page_id"] for row in rows)
    return [
        Row((titles[row["page_id"]][0], titles[row["page_id"]][1], row["total"]), row["page_id"])
        for row in rows
        if row["page_id"] in titles
    ]


def useful(*, days: int) -> list[Row]:
    """(title, language, yes, no, per cent yes), the ones with most "no" first."""
    totals = _since(UsefulCount.objects.all(), days).values("page_id").annotate(yes=Sum("yes"), no=Sum("no"))
    rows = list(totals.order_by("-no", "-yes")[:MOST_ROWS])
    titles = _titles(row["page_id"] for row in rows)
    return [
        Row((*titles[row["page_id"]], row["yes"], row["no"], _per_cent(row["yes"], row["no"])), row["page_id"])
        for row in rows
        if row["page_id"] in titles
    ]


def search_misses() -> list[Row]:
    """(words, language, days, last day), the most frequent first."""
    misses = SearchMiss.objects.order_by("-days", "term")[:MOST_ROWS]
    return [Row((miss.term, language_name(miss.language), miss.days, miss.last_day)) for miss in misses]


def due_for_review() -> list[Row]:
    """(title, looked after by, due on), the longest overdue first, what is due in the next weeks, what has no day."""
    until = timezone.localdate() + DUE_WITHIN
    pages: list[DuePage] = sorted(
        (page for provider in review_providers for page in provider.due_until(until)),
        key=lambda page: page.due_on or date.max,
    )
    return [
        Row((page.title, page.owner_role, page.due_on or _("no day set")), page.page_id) for page in pages[:MOST_ROWS]
    ]


def broken_links() -> list[Row]:
    """(title, what is wrong, where the link leads, found on)."""
    links = BrokenLink.objects.select_related("page").order_by("page__title", "target")[:MOST_ROWS]
    in_pages = [
        Row((link.page.title, link.get_kind_display(), link.target, link.found_on), link.page_id) for link in links
    ]
    today = timezone.localdate()
    elsewhere = [
        Row((link.where, link.what_is_wrong, link.target, today)) for giver in outside_links for link in giver.wrong()
    ]
    return [*in_pages, *elsewhere]


def _since(counts: QuerySet[Any], days: int) -> QuerySet[Any]:
    return counts.filter(day__gt=timezone.localdate() - timedelta(days=days))


def _titles(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    pages = Page.objects.filter(pk__in=list(numbers)).select_related("locale")
    return {
        page.pk: (page.title, language_name(page.locale.language_code))
        for page in pages.only("title", "locale__language_code")
    }


def language_name(code: str) -> str:
    """A language as staff call it: "Bengali", not "bn"."""
    return str(dict(settings.LANGUAGES).get(code, code))


def _per_cent(yes: int, no: int) -> str:
    return f"{round(100 * yes / (yes + no))} %" if yes + no else ""
