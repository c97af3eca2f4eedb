"""The queue, and the list of every record."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from foundation.audit import services as audit
from foundation.exports.csv import csv_response

from ...register.enums import SettingState
from ...register.models import Setting
from ..selectors.queue import waiting
from .base import OfficerView

A_PAGE = 50


class QueueView(OfficerView):
    """What waits, the riskiest and oldest first."""

    template_name = "community/moderation/queue.html"
    page_title = _("Waiting for a decision")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Registry")}]

    def get(self, request: HttpRequest) -> HttpResponse:
        only_mine = request.GET.get("mine") == "1"
        page = Paginator(waiting(user=self.user, only_mine=only_mine), A_PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(rows=page, only_mine=only_mine))


class RecordsView(OfficerView):
    """Every record, by state and name, on the screen or as a file."""

    template_name = "community/moderation/records.html"
    page_title = _("All records")

    def get(self, request: HttpRequest) -> HttpResponse:
        words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
        rows = Setting.objects.select_related("assigned_to").order_by("name")
        if words:
            rows = rows.filter(Q(name__icontains=words) | Q(venues__postcode__istartswith=words)).distinct()
        if state in SettingState.values:
            rows = rows.filter(state=state)
        if request.GET.get("export") == "csv":
            return self._export(rows)
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(rows=page, words=words, state=state, states=SettingState.choices)
        return self.render_to_response(context)

    def _export(self, rows: Any) -> HttpResponse:
        """Names, states and dates: nothing restricted, no contact of a person, no concern."""
        audit.record(action="community.export_records", actor=self.user, facts={"rows": rows.count()})
        header = ["name", "kinds", "state", "since", "confirmed", "confirm by", "ward"]
        table = (
            [
                row.name, ", ".join(row.type_labels), row.get_state_display(), row.state_since.date(),
                row.confirmed_at.date() if row.confirmed_at else "", row.confirm_due, row.ward.name if row.ward else "",
            ]
            for row in rows.select_related("ward")
        )  # fmt: skip
        return csv_response(name="registry", header=header, rows=table)
