"""All surveys with their versions, and one survey's own form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from foundation.audit import services as audit

from ..forms.surveys import SurveyForm
from ..models import Questionnaire, Survey
from ..services.versions import start_version
from .frame import ManagerView


class IndexView(ManagerView):
    """Every survey, its phases and their versions, newest first."""

    template_name = "surveys/questionnaire/index.html"
    page_title = "Questionnaires"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        surveys = Survey.objects.prefetch_related("questionnaires__versions")
        return self.show(surveys=surveys, may_edit=self.may_edit)


class SurveyView(ManagerView):
    """A new survey, or one that is there."""

    template_name = "surveys/questionnaire/survey.html"

    @cached_property
    def survey(self) -> Survey | None:
        key = self.kwargs.get("survey_id")
        return get_object_or_404(Survey, pk=key) if key else None

    def get_page_title(self) -> str:
        return str(self.survey.name) if self.survey else "New survey"

    def get(self, request: HttpRequest, survey_id: int | None = None) -> HttpResponse:
        return self.show(form=SurveyForm(instance=self.survey), may_edit=self.may_edit)

    def post(self, request: HttpRequest, survey_id: int | None = None) -> HttpResponse:
        form = SurveyForm(request.POST, instance=self.survey)
        if not form.is_valid():
            messages.error(request, "Nothing was saved yet. Look at what is marked below.")
            return self.show(form=form, may_edit=True, status=422)
        survey = form.save()
        audit.record(
            action="surveys.survey_saved", actor=self.user, subject=survey, facts={"languages": survey.languages}
        )
        messages.success(request, f"“{survey.name}” is saved.")
        return redirect("surveys_questionnaires")


class StartView(ManagerView):
    """The first version of a phase."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, survey_id: int, phase: str) -> HttpResponse:
        questionnaire = get_object_or_404(Questionnaire, survey=survey_id, phase=phase)
        version = start_version(questionnaire=questionnaire, by=self.user)
        return redirect("surveys_version", version.pk)
