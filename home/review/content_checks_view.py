"""The checks of a page as it is being typed: Wagtail keeps what is in the form for its preview, and so do we read it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.models import Page

from .content_checks import checks_of


class ContentChecksView(PreviewOnEdit):
    """For who may edit the page. Answers a piece of HTML that a small script puts into the panel."""

    http_method_names = ("get",)

    # Wagtail has a view of this kind for pages, under another name in each version; the one for all models has one name.
    def get_object(self) -> Page:
        page = get_object_or_404(Page, id=self.kwargs["page_id"]).get_latest_revision_as_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def get_form(self, query_dict: QueryDict) -> ModelForm[Page]:
        return self.object.get_edit_handler().get_form_class()(
            query_dict or None,
            instance=self.object,
            parent_page=self.object.get_parent().specific,
            for_user=self.request.user,
        )

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
