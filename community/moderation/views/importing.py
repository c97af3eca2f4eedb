"""Bringing in known settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...bringing_in import BringInView
from ...tables import Rows
from ..importing import COLUMNS, ImportRun, check_rows, import_known, read_known
from .base import OfficerView


class ImportView(BringInView, OfficerView):
    """Settings that the partnership knows already; none of them is public."""

    template_name = "community/moderation/import.html"
    page_title = gettext_lazy("Bring in known settings")
    kept_as = "community-import"
    columns = COLUMNS

    def read(self, name: str, content: bytes) -> Rows:
        return read_known(name=name, content=content)

    def check(self, rows: Rows) -> ImportRun:
        return check_rows(rows)

    def bring_in(self, rows: Rows) -> ImportRun:
        return import_known(rows=rows, by=self.user)

    def done(self, run: ImportRun) -> HttpResponse:
        messages.success(self.request, _("%(made)d records made. None of them is public.") % {"made": run.made})
        return redirect("community_records")
