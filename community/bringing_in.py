"""Bringing in a file, for officers of every subject: choose it, read what it would do, then do it."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .errors import RegistryError
from .officers import OfficerView
from .tables import Rows

KEPT_SECONDS = 30 * 60


class BringInView(OfficerView):
    """A dry run first, always. What was read is kept for half an hour for the person who uploaded it.

    A subject says how it reads a file (`read`), what that would do (`check`), does it (`bring_in`) and goes on (`done`).
    """

    header_icon = "download"
    kept_as: str
    """Names the rows that are kept between the dry run and the real one."""
    columns: tuple[str, ...]
    """The headings, as the page names them."""
    refused_status = 200

    def read(self, name: str, content: bytes) -> Rows:
        """The rows of a file. Raises RegistryError."""
        raise NotImplementedError

    def check(self, rows: Rows) -> Any:
        """What they would do, as `run` of the template. Writes nothing."""
        raise NotImplementedError

    def bring_in(self, rows: Rows) -> Any:
        """Do it. Raises one of `refusals`."""
        raise NotImplementedError

    def done(self, run: Any) -> HttpResponse:
        """Say what was done and lead on."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("token"):
            return self._bring_in(request.POST["token"])
        file = request.FILES.get("file")
        if file is None:
            messages.error(request, _("Choose a file first."))
            return self._show(status=self.refused_status)
        try:
            rows = self.read(file.name or "", file.read())
        except RegistryError as error:
            messages.error(request, str(error))
            return self._show(status=self.refused_status)
        token = secrets.token_urlsafe(16)
        cache.set(self._key(token), rows, KEPT_SECONDS)
        return self._show(run=self.check(rows), token=token)

    def _bring_in(self, token: str) -> HttpResponse:
        rows = cache.get(self._key(token))
        if rows is None:
            messages.error(self.request, _("That was too long ago. Choose the file again."))
            return self._show(status=self.refused_status)
        try:
            run = self.bring_in(rows)
        except self.refusals as error:
            messages.error(self.request, self.words_of(error))
            return self._show(run=self.check(rows), token=token, status=self.refused_status)
        cache.delete(self._key(token))
        return self.done(run)

    def _key(self, token: str) -> str:
        return f"{self.kept_as}-{self.user.pk}-{token}"

    def _show(self, run: Any = None, token: str = "", status: int = 200) -> HttpResponse:
        context: dict[str, Any] = self.get_context_data(run=run, token=token, columns=self.columns)
        return self.render_to_response(context, status=status)
