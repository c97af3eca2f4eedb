"""Bringing in known settings: choose a file, read what it would do, then do it."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...errors import RegistryError
from ..importing import COLUMNS, ImportRun, check_rows, import_known, read_table
from .base import OfficerView

KEPT_SECONDS = 30 * 60


class ImportView(OfficerView):
    """A dry run first, always. What was read is kept for half an hour for the person who uploaded it."""

    template_name = "community/moderation/import.html"
    page_title = gettext_lazy("Bring in known settings")
    header_icon = "download"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("token"):
            return self._import(request.POST["token"])
        file = request.FILES.get("file")
        if file is None:
            messages.error(request, _("Choose a file first."))
            return self._show()
        try:
            rows = read_table(name=file.name or "", content=file.read())
        except RegistryError as error:
            messages.error(request, str(error))
            return self._show()
        token = secrets.token_urlsafe(16)
        cache.set(self._key(token), rows, KEPT_SECONDS)
        return self._show(run=check_rows(rows), token=token)

    def _import(self, token: str) -> HttpResponse:
        rows = cache.get(self._key(token))
        if rows is None:
            messages.error(self.request, _("That was too long ago. Choose the file again."))
            return self._show()
        try:
            run = import_known(rows=rows, by=self.user)
        except RegistryError as error:
            messages.error(self.request, str(error))
            return self._show(run=check_rows(rows), token=token)
        cache.delete(self._key(token))
        messages.success(self.request, _("%(made)d records made. None of them is public.") % {"made": run.made})
        return redirect("community_records")

    def _key(self, token: str) -> str:
        return f"community-import-{self.user.pk}-{token}"

    def _show(self, run: ImportRun | None = None, token: str = "") -> HttpResponse:
        context: dict[str, Any] = self.get_context_data(run=run, token=token, columns=COLUMNS)
        return self.render_to_response(context)
