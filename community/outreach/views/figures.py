"""Quarter by quarter, and the figures of a year."""

from datetime import date as Day

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.exports.csv import csv_response

from ..forms import SpanForm
from ..selectors.over_time import funnel, report
from .cockpit import OutreachView


class OverTimeView(OutreachView):
    """How far settings came by the end of each quarter."""

    template_name = "community/outreach/admin/over_time.html"
    page_title = _("Over time")

    def get(self, request: HttpRequest) -> HttpResponse:
        found = funnel()
        most = max([*found.stages[0].counts, 1])
        rows = [(stage.label, [(count, round(100 * count / most)) for count in stage.counts]) for stage in found.stages]
        if request.GET.get("export") == "csv":
            header = ["stage", *(end.isoformat() for end in found.ends)]
            return csv_response(
                name="over-time", header=header, rows=([stage.label, *stage.counts] for stage in found.stages)
            )
        return self.render_to_response(self.get_context_data(ends=found.ends, rows=rows))


class ReportView(OutreachView):
    """The figures for the annual report, April to March unless asked otherwise."""

    template_name = "community/outreach/admin/report.html"
    page_title = _("Figures for the annual report")

    def get(self, request: HttpRequest) -> HttpResponse:
        start, end = _financial_year(timezone.localdate())
        form = SpanForm(request.GET if "since" in request.GET else {"since": start, "until": end})
        lines = report(**form.cleaned_data) if form.is_valid() else []
        if lines and request.GET.get("export") == "csv":
            span = f"{form.cleaned_data['since']}-to-{form.cleaned_data['until']}"
            header = ["group", "figure", "value"]
            return csv_response(
                name=f"outreach-{span}", header=header, rows=([x.group, x.label, x.shown] for x in lines)
            )
        # Bars compare people with people: no other numbers of the report are of one kind.
        most = max([line.value for line in lines if line.is_people], default=0) or 1
        drawn = [(line, round(100 * line.value / most) if line.is_people and line.is_told else None) for line in lines]
        status = 200 if form.is_valid() else 422
        return self.render_to_response(self.get_context_data(form=form, lines=drawn), status=status)


def _financial_year(today: Day) -> tuple[Day, Day]:
    """The last whole April to March, or the running one from October on."""
    year = today.year if today.month >= 4 else today.year - 1
    if today.month in (4, 5, 6, 7, 8, 9):
        return Day(year - 1, 4, 1), Day(year, 3, 31)
    return Day(year, 4, 1), Day(year + 1, 3, 31)
