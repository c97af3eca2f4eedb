"""The reports' screens: a table, a choice of how long to look back, a file for a spreadsheet."""

from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from foundation.counts.models import PageCount
from foundation.counts.services import write_waiting_counts
from foundation.exports.csv import csv_response

from . import figures

PERIODS = (7, 28, 90, 365)


class CountsReport(ABC, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A report of rows. Says itself what it counts and what it does not."""

    template_name = "counts/report.html"
    permission_policy = ModelPermissionPolicy(PageCount)
    permission_required = "view"
    header_icon = "view"
    _show_breadcrumbs = True

    url_name = ""
    explanation: str | Promise = ""
    columns: tuple[str | Promise, ...] = ()
    has_period = False

    @abstractmethod
    def rows(self) -> list[figures.Row]:
        """What the report says."""

    @property
    def days(self) -> int:
        """How far back to look: one of the periods, 28 days for anything else."""
        asked = self.request.GET.get("days", "")
        return int(asked) if asked in {str(period) for period in PERIODS} else 28

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv":
            return csv_response(name=self.url_name, header=self.columns, rows=[row.cells for row in self.rows()])
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "explanation": self.explanation,
            "columns": self.columns,
            "rows": self.rows(),
            "periods": PERIODS if self.has_period else (),
            "days": self.days,
            "most_rows": figures.MOST_ROWS,
        }


class MostReadReport(CountsReport):
    """Which pages people read."""

    url_name = "most-read"
    page_title = _("Most read pages")
    explanation = _(
        "How often people opened each page. Robots and signed-in staff are left out. We count openings, not people: "
        "no cookie, no address and no path through the site is kept."
    )
    columns = (_("Page"), _("Language"), _("Times opened"))
    has_period = True

    def rows(self) -> list[figures.Row]:
        write_waiting_counts()
        return figures.most_read(days=self.days)


class UsefulReport(CountsReport):
    """What people answered to "Was this page useful?"."""

    url_name = "was-it-useful"
    page_title = _("Was it useful?")
    explanation = _(
        "Answers to the question at the foot of each page, most “no” first. A handful of answers says little."
    )
    columns = (_("Page"), _("Language"), _("Yes"), _("No"), _("Said yes"))
    has_period = True

    def rows(self) -> list[figures.Row]:
        return figures.useful(days=self.days)


class SearchMissReport(CountsReport):
    """Which words people search for in vain."""

    url_name = "searches-without-result"
    page_title = _("Searches with no result")
    explanation = _(
        "Words that were searched for on five separate days and found nothing. Anything with a digit, an @ or more "
        "than 40 characters is never kept, because people also type names and numbers."
    )
    columns = (_("Searched for"), _("Language"), _("On so many days"), _("Last on"))

    def rows(self) -> list[figures.Row]:
        return figures.search_misses()


class DueReport(CountsReport):
    """Which pages must be checked."""

    url_name = "due-for-review"
    page_title = _("Pages due for review")
    explanation = _("Pages whose next check is past, or falls in the next 60 days.")
    columns = (_("Page"), _("Looked after by"), _("Next check by"))

    def rows(self) -> list[figures.Row]:
        return figures.due_for_review()


class BrokenLinksReport(CountsReport):
    """Which links lead nowhere."""

    url_name = "broken-links"
    page_title = _("Broken links")
    explanation = _(
        "Links on published pages, as last night’s look found them. Links to other websites are checked for how they "
        "are written only: we do not ask those websites."
    )
    columns = (_("Page"), _("What is wrong"), _("Leads to"), _("Found on"))

    def rows(self) -> list[figures.Row]:
        return figures.broken_links()


REPORTS: tuple[type[CountsReport], ...] = (
    MostReadReport,
    UsefulReport,
    SearchMissReport,
    DueReport,
    BrokenLinksReport,
)


def address_of(report: type[CountsReport]) -> str:
    """Where a report stands in the admin."""
    return reverse(f"counts-{report.url_name}")
