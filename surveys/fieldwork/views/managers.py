"""Waves in the admin: planned, filled with schools, opened, corrected, closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from foundation.partnership.models import School

from ...errors import NotReady, SurveyError
from ...questionnaire.models import Survey
from ...questionnaire.views.frame import ManagerView
from .. import services
from ..csv_schools import read_schools
from ..enums import WaveState
from ..manager_forms import (
    ConsultationForm,
    CorrectionForm,
    SchoolForm,
    SchoolsFileForm,
    VersionsForm,
    WaveForm,
    corrections_for,
)
from ..models import Wave, WaveSchool
from ..permissions import EDIT, SEE
from ..progress import STATE_WORDS, progress_of_wave
from ..readiness import problems_of_wave, rewordings_since_last
from ..selectors import years_of_wave
from ..services.leads import add_lead, remove_lead
from ..services.waves import SchoolPlan, change_wave, remove_school, years_of_school


class WavesView(ManagerView):
    """Every wave, the newest first."""

    see, edit = SEE, EDIT
    template_name = "surveys/fieldwork/admin/waves.html"
    page_title = "Waves"
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        waves = Wave.objects.select_related("survey").prefetch_related("schools", "sessions")
        return self.show(waves=waves, may_edit=self.may_edit)


class WaveFrame(ManagerView):
    """A screen about one wave."""

    see, edit = SEE, EDIT
    header_icon = "calendar-alt"

    @cached_property
    def wave(self) -> Wave:
        return get_object_or_404(Wave.objects.select_related("survey"), pk=self.kwargs["wave_id"])

    @property
    def is_running(self) -> bool:
        """Whether schools and sessions can still be added."""
        return self.wave.state in {WaveState.PLANNED, WaveState.OPEN}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        waves = {"url": reverse("surveys_waves"), "label": "Waves"}
        return [*self.breadcrumbs_items, waves, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("surveys_wave", args=[self.wave.pk]), "label": str(self.wave)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"wave": self.wave, "may_edit": self.may_edit, "is_running": self.is_running, **kwargs}
        )

    def back(self) -> HttpResponse:
        """To the wave's own page."""
        return redirect("surveys_wave", self.wave.pk)


class WaveView(WaveFrame):
    """One wave: where it stands, what it asks, its schools, and what stops it from opening."""

    template_name = "surveys/fieldwork/admin/wave.html"

    def get_page_title(self) -> str:
        return str(self.wave)

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get(self, request: HttpRequest, wave_id: int) -> HttpResponse:
        wave = self.wave
        is_planned = wave.state == WaveState.PLANNED
        is_consultation = wave.survey.kind == Survey.Kind.CONSULTATION
        return self.show(
            schools=progress_of_wave(wave),
            asked=wave.versions.select_related("version__questionnaire__survey").order_by("-is_current", "pk"),
            problems=problems_of_wave(wave, vendor=connection.vendor) if is_planned else [],
            reworded=rewordings_since_last(wave) if is_planned else [],
            versions_form=VersionsForm(wave=wave) if is_planned else None,
            correction_form=CorrectionForm(wave=wave)
            if wave.state == WaveState.OPEN and corrections_for(wave).exists()
            else None,
            file_form=SchoolsFileForm(),
            is_consultation=is_consultation,
            outside=[
                {"session": session, "state": STATE_WORDS[session.state]}  # type: ignore[index]
                for session in wave.sessions.filter(school=None)
            ],
        )


class WaveFormView(WaveFrame):
    """A new wave, or another name and other days."""

    template_name = "surveys/fieldwork/admin/wave_form.html"

    @cached_property
    def wave(self) -> Any:
        key = self.kwargs.get("wave_id")
        return get_object_or_404(Wave.objects.select_related("survey"), pk=key) if key else None

    @property
    def is_running(self) -> bool:
        return True

    def get_page_title(self) -> str:
        return "Name and days" if self.wave else "Plan a wave"

    def crumbs(self) -> list[dict[str, Any]]:
        return super().crumbs() if self.wave else []

    def get(self, request: HttpRequest, wave_id: int | None = None) -> HttpResponse:
        wave = self.wave
        initial = {"name": wave.name, "opens_on": wave.opens_on, "closes_on": wave.closes_on} if wave else {}
        if not wave:
            initial["is_demo"] = connection.vendor != "postgresql"
        return self.show(form=WaveForm(wave=wave, initial=initial))

    def post(self, request: HttpRequest, wave_id: int | None = None) -> HttpResponse:
        form = WaveForm(request.POST, wave=self.wave)
        if form.is_valid():
            try:
                wave = (
                    change_wave(wave=self.wave, by=self.user, **form.cleaned_data)
                    if self.wave
                    else services.plan_wave(by=self.user, **form.cleaned_data)
                )
            except SurveyError as refusal:
                form.add_error(None, refusal.problems if isinstance(refusal, NotReady) else str(refusal))
            else:
                messages.success(request, f"“{wave}” is saved.")
                return redirect("surveys_wave", wave.pk)
        messages.error(request, "Nothing was saved yet. Look at what is marked below.")
        return self.show(form=form, status=422)


class ActView(WaveFrame):
    """A button of a wave's page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, wave_id: int, act: str) -> HttpResponse:
        acts: dict[str, Callable[[], HttpResponse | None]] = {
            "versions": self._choose_versions,
            "open": lambda: self._say(lambda: services.open_wave(wave=self.wave, by=self.user), "The wave is open."),
            "correct": self._correct,
            "close": self._close,
            "all-schools": self._add_all_schools,
            "file": self._add_from_file,
        }
        if act not in acts:
            raise Http404
        return acts[act]() or self.back()

    def _say(self, act: Any, done: str) -> None:
        try:
            act()
        except NotReady as refusal:
            for problem in refusal.problems:
                messages.error(self.request, problem)
        except SurveyError as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, done)

    def _close(self) -> None:
        if "sure" not in self.request.POST:
            messages.error(self.request, "Tick that all classes are done, then press “Close the wave” again.")
            return
        done = "The wave is closed. What is too little for a year group is put together with its phase within minutes."
        self._say(lambda: services.close_wave(wave=self.wave, by=self.user), done)

    def _choose_versions(self) -> None:
        form = VersionsForm(self.request.POST, wave=self.wave)
        if not form.is_valid():
            messages.error(self.request, "Choose versions from the lists.")
            return
        self._say(lambda: services.set_versions(wave=self.wave, versions=form.chosen()), "Saved.")

    def _correct(self) -> HttpResponse | None:
        form = CorrectionForm(self.request.POST, wave=self.wave)
        if not form.is_valid():
            messages.error(self.request, "Choose a corrected version that has been reviewed.")
            return None
        return redirect("surveys_wave_correct", self.wave.pk, form.cleaned_data["version"].pk)

    def _add_all_schools(self) -> None:
        asked = years_of_wave(self.wave)
        there = set(self.wave.schools.values_list("school_id", flat=True))
        plans = [
            SchoolPlan(school, years)
            for school in School.objects.filter(is_active=True).exclude(pk__in=there)
            if (years := years_of_school(school, asked))
        ]
        if not plans:
            words = "Choose first what is asked." if not asked else "Every school with these year groups is there."
            messages.error(self.request, words)
            return
        done = f"{len(plans)} school{'s' if len(plans) != 1 else ''} added."
        self._say(lambda: services.add_schools(wave=self.wave, schools=plans, by=self.user), done)

    def _add_from_file(self) -> None:
        form = SchoolsFileForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            messages.error(self.request, " ".join(str(error) for error in form.errors["file"]))
            return
        reading = read_schools(wave=self.wave, text=form.cleaned_data["file"])
        if reading.mistakes:
            messages.error(self.request, "Nothing was added. Put this right in the file, then send it again.")
            for mistake in reading.mistakes[:20]:
                messages.error(self.request, mistake)
            return
        done = f"{len(reading.plans)} school{'s' if len(reading.plans) != 1 else ''} read from the file."
        self._say(lambda: services.add_schools(wave=self.wave, schools=reading.plans, by=self.user), done)


class SchoolView(WaveFrame):
    """One school in a wave: its years and pupils; with a button that takes it out."""

    template_name = "surveys/fieldwork/admin/school.html"

    @cached_property
    def taking_part(self) -> WaveSchool | None:
        key = self.kwargs.get("row_id")
        return get_object_or_404(WaveSchool.objects.select_related("school"), pk=key, wave=self.wave) if key else None

    def get_page_title(self) -> str:
        return str(self.taking_part.school) if self.taking_part else "Add a school"

    def get(self, request: HttpRequest, wave_id: int, row_id: int | None = None) -> HttpResponse:
        return self._form(SchoolForm(wave=self.wave, taking_part=self.taking_part))

    def post(self, request: HttpRequest, wave_id: int, row_id: int | None = None) -> HttpResponse:
        row = self.taking_part
        if row is not None and "remove" in request.POST:
            self.try_or_say(lambda: remove_school(taking_part=row, by=self.user), f"{row.school} was taken out.")
            return self.back()
        if row is not None and "lead" in request.POST:
            email = request.POST.get("email", "")[:254]
            self.try_or_say(
                lambda: add_lead(school=row.school, email=email, by=self.user), f"{email} looks after {row.school} now."
            )
            return redirect("surveys_wave_school", self.wave.pk, row.pk)
        if row is not None and "remove_lead" in request.POST:
            number = request.POST["remove_lead"]
            lead = get_object_or_404(
                row.school.leads, pk=int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
            )
            self.try_or_say(lambda: remove_lead(lead=lead, by=self.user), f"{lead.user} was taken off.")
            return redirect("surveys_wave_school", self.wave.pk, row.pk)
        form = SchoolForm(request.POST, wave=self.wave, taking_part=row)
        if not form.is_valid():
            messages.error(request, "Nothing was saved yet. Look at what is marked below.")
            return self._form(form, status=422)
        school = row.school if row else form.cleaned_data["school"]
        plan = SchoolPlan(school, form.year_groups(), form.roll())
        self.try_or_say(
            lambda: services.add_schools(wave=self.wave, schools=[plan], by=self.user), f"{school} is saved."
        )
        return self.back()

    def _form(self, form: SchoolForm, status: int = 200) -> HttpResponse:
        leads = self.taking_part.school.leads.select_related("user") if self.taking_part else []
        return self.show(form=form, taking_part=self.taking_part, leads=leads, status=status)


class ConsultationView(WaveFrame):
    """A new session outside school."""

    template_name = "surveys/fieldwork/admin/consultation.html"
    page_title = "Session outside school"

    def get(self, request: HttpRequest, wave_id: int) -> HttpResponse:
        return self.show(form=ConsultationForm(wave=self.wave))

    def post(self, request: HttpRequest, wave_id: int) -> HttpResponse:
        form = ConsultationForm(request.POST, wave=self.wave)
        if form.is_valid():
            try:
                made = services.prepare_session(wave=self.wave, school=None, by=self.user, **form.cleaned_data)
            except SurveyError as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("surveys_session", self.wave.pk, made.pk)
        messages.error(request, "Nothing was saved yet. Look at what is marked below.")
        return self.show(form=form, status=422)
