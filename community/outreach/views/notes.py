"""Notes on one setting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now

from ...register.models import Setting
from ..forms import NoteForm
from ..models import Note
from ..permissions import WRITE
from ..selectors.one_setting import how_far
from ..services import add_note
from .cockpit import OutreachView


class NotesView(OutreachView):
    """How far a setting has come, what was agreed with it, the newest first, and a form for the next note."""

    template_name = "community/outreach/admin/notes.html"

    @cached_property
    def setting(self) -> Setting:
        return get_object_or_404(Setting, pk=self.kwargs["setting_id"], merged_into=None)

    def get_page_title(self) -> str:
        return self.setting.name

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(NoteForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(WRITE):
            raise PermissionDenied
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        add_note(setting=self.setting, by=self.user, **form.cleaned_data)
        messages.success(request, _now("The note is kept."))
        return redirect("outreach_notes", self.setting.pk)

    def _show(self, form: NoteForm, status: int = 200) -> HttpResponse:
        notes = Note.objects.filter(setting=self.setting).select_related("by")[:100]
        context = {"setting": self.setting, "notes": notes, "form": form, "may_write": self.user.has_perm(WRITE)}
        context["how_far"] = how_far(self.reach, self.setting)
        return self.render_to_response(self.get_context_data(**context), status=status)
