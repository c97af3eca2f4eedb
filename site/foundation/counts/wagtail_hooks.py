"""Tells the page count which page is served, and puts the reports into the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from .reports.views import REPORTS, CountsReport, address_of


@hooks.register("before_serve_page", order=-100)
def remember_which_page(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> None:
    """For the count, and for the page cache, which counts kept pages by the same number."""
    if not getattr(request, "is_preview", False):
        request.served_page_id = page.pk  # type: ignore[attr-defined]


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The reports' addresses."""
    return [
        path(f"reports/{report.url_name}/", report.as_view(), name=f"counts-{report.url_name}") for report in REPORTS
    ]


class ReportMenuItem(MenuItem):
    """Shown to those who may read the report."""

    def __init__(self, report: type[CountsReport], order: int) -> None:
        super().__init__(report.page_title, address_of(report), name=report.url_name, icon_name="view", order=order)
        self.report = report

    def is_shown(self, request: HttpRequest) -> bool:
        return self.report.permission_policy.user_has_permission(request.user, self.report.permission_required)


def _register(report: type[CountsReport], order: int) -> None:
    hooks.register("register_reports_menu_item", lambda: ReportMenuItem(report, order))


for _place, _report in enumerate(REPORTS):
    _register(_report, 100 + _place)
