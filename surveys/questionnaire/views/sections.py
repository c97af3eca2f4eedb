"""Sections: made, changed, moved, deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from ...errors import SurveyError
from ..approved import approved_questions
from ..forms.surveys import SectionForm
from ..models import Section
from ..services.editing import ChangedMeanwhile, add_approved, delete_part, move_part, save_section
from ..stamps import changes_since, snapshot_of, stamp_of
from .frame import OneVersionView


class SectionView(OneVersionView):
    """One section's form."""

    template_name = "surveys/questionnaire/section.html"

    @cached_property
    def section(self) -> Section | None:
        """The section as the database has it; None for a new one, and for one that somebody deleted meanwhile."""
        key = self.kwargs.get("section_id")
        if not key:
            return None
        rows = self.version.sections.filter(pk=key)
        return rows.first() if self.request.method == "POST" else get_object_or_404(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_fresh = self.section is not None and kwargs.get("stamp") == stamp_of(self.section)
        before = snapshot_of(self.section) if self.section and is_fresh else self.request.POST.get("before", "")
        return super().get_context_data(before=before, **kwargs)

    def get_page_title(self) -> str:
        return self.section.title if self.section else "New section"

    def get(self, request: HttpRequest, version_id: int, section_id: int | None = None) -> HttpResponse:
        form = SectionForm(instance=self.section, version=self.version)
        return self.show(form=form, stamp=stamp_of(self.section) if self.section else "")

    def post(self, request: HttpRequest, version_id: int, section_id: int | None = None) -> HttpResponse:
        form = SectionForm(request.POST, instance=_fresh(self.section), version=self.version)
        if section_id and self.section is None:
            messages.warning(
                request, "Somebody deleted this section meanwhile. Saving makes it anew, without questions."
            )
        if not form.is_valid():
            messages.error(request, "Nothing was saved yet. Look at what is marked below.")
            return self.show(form=form, stamp=request.POST.get("stamp", ""), status=422)
        try:
            save_section(
                version=self.version,
                fields=form.fields_to_save(),
                section=_fresh(self.section),
                stamp=request.POST.get("stamp", ""),
            )
        except ChangedMeanwhile as error:
            messages.warning(request, str(error))
            assert self.section is not None
            return self.show(
                form=form,
                stamp=stamp_of(self.section),
                theirs=changes_since(request.POST.get("before", ""), self.section),
                status=409,
            )
        except SurveyError as error:
            messages.error(request, str(error))
            return self.show(form=form, stamp=request.POST.get("stamp", ""), status=409)
        messages.success(request, f"“{form.cleaned_data['title']}” is saved.")
        return redirect(self.url())


class SectionActView(OneVersionView):
    """Move or delete a section, or put a characteristic of the approved list at its end."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, version_id: int, section_id: int) -> HttpResponse:
        section = get_object_or_404(Section, pk=section_id, version=self.version)
        act = request.POST.get("act")
        if act in ("up", "down"):
            self.try_or_say(lambda: move_part(part=section, up=act == "up"), "")
        elif act == "delete":
            self.try_or_say(lambda: delete_part(part=section), f"“{section.title}” and its questions are deleted.")
        elif act == "approved":
            chosen = request.POST.get("demographic", "")
            self.try_or_say(lambda: _add(section, chosen), "The question is at the end of the section.")
        return redirect(f"{self.url()}#section-{section_id}")


def _add(section: Section, chosen: str) -> Any:
    if chosen not in approved_questions():
        raise SurveyError("Choose a characteristic from the list.")
    return add_approved(section=section, demographic=chosen)


def _fresh(section: Section | None) -> Section | None:
    """A copy of the row for the form to write on, so that comparing still sees what is stored."""
    return Section.objects.get(pk=section.pk) if section else None
