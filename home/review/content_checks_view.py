"""The checks of a page as it is being typed: Wagtail keeps what is in the form for its preview, and so do we read it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.views.pages.preview import PreviewOnEdit

from .content_checks import checks_of


class ContentChecksView(PreviewOnEdit):
    """For who may edit the page. Answers a piece of HTML that a small script puts into the panel."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The preview is made by Wagtail's own steps, which leave the typed page in `self.object`."""
        super().get(request, *args, **kwargs)
        return self._piece()

    def error_response(self) -> HttpResponse:
        """What is typed cannot be read yet: the checks of what was saved stay."""
        return self._piece()

    def _piece(self) -> HttpResponse:
        response = render(self.request, "home/review/admin/content_checks.html", {"ours": checks_of(self.object)})
        response.headers["Cache-Control"] = "no-store, private"
        return response
