"""One version: what it asks, where it stands, and what the checks say."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ..approved import approved_questions, may_ask
from ..checks import Problem, Severity, problems_of
from ..checks.suitability import minutes_for
from ..document import compile_document
from ..enums import Demographic
from ..models import Question
from ..services.editing import save_intro
from ..services.versions import copy_version, take_step
from ..states import Act, Who, open_steps
from .frame import OneVersionView


class VersionView(OneVersionView):
    """Sections with their questions in order, and what can be done with the version."""

    template_name = "surveys/questionnaire/version.html"

    def get_page_title(self) -> str:
        return str(self.version)

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        return self.show(
            sections=self.version.sections.select_related("topic").prefetch_related("questions__options"),
            steps=open_steps(state=self.version.state, who=Who.MANAGER) if self.may_edit else [],
            may_edit=self.may_edit,
            approved=self._approved_left() if self.can_change else [],
            comments=self.version.comments.select_related("author"),
        )

    def _approved_left(self) -> list[tuple[str, Any]]:
        there = set(
            Question.objects.filter(section__version=self.version)
            .exclude(demographic="")
            .values_list("demographic", flat=True)
        )
        phase = self.version.questionnaire.phase
        return [
            (key, Demographic(key).label)
            for key in approved_questions()
            if key not in there and may_ask(demographic=key, phase=phase)
        ]


class StepView(OneVersionView):
    """A step of the state table."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        act = request.POST.get("act", "")
        if act in set(Act):
            self.try_or_say(
                lambda: take_step(
                    version=self.version,
                    act=Act(act),
                    who=Who.MANAGER,
                    by=self.user,
                    words=request.POST.get("words", ""),
                ),
                "Done. The version moved on.",
            )
        return redirect(self.url())


class CopyView(OneVersionView):
    """A new version that begins as a copy: how a frozen one is corrected."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        copy = copy_version(version=self.version, by=self.user)
        self.try_or_say(lambda: None, f"This is version {copy.number}, a copy of version {self.version.number}.")
        return redirect("surveys_version", copy.pk)


class IntroForm(forms.Form):
    """The first page."""

    intro = forms.CharField(
        label="What pupils read before they begin",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What it is about, that nobody can know their answers, that they can skip and stop.",
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput)


class IntroView(OneVersionView):
    """The words of the first page."""

    template_name = "surveys/questionnaire/intro.html"
    page_title = "First page"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        return self.show(form=IntroForm(initial={"intro": self.version.intro, "before": self.version.intro}))

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        form = IntroForm(request.POST)
        before = _plain(request.POST.get("before", ""))
        if form.is_valid() and _plain(self.version.intro) == before:
            saved = self.try_or_say(
                lambda: save_intro(version=self.version, intro=form.cleaned_data["intro"]), "The first page is saved."
            )
            if saved:
                return redirect(self.url())
            return self.show(form=form, status=409)
        form.data = {**form.data.dict(), "before": self.version.intro}  # type: ignore[attr-defined]
        return self.show(
            form=form, theirs=[("first page", request.POST.get("before", ""), self.version.intro)], status=409
        )


class ChecksView(OneVersionView):
    """What stops a wave and what is worth a look, each with a link to where it is mended."""

    template_name = "surveys/questionnaire/checks.html"
    page_title = "Checks"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        waves = list(self.version.questionnaire.survey.waves.all())
        wave = next((each for each in waves if str(each.pk) == request.GET.get("wave")), waves[0] if waves else None)
        found = [(problem, self._link(problem)) for problem in problems_of(self.version, wave)]
        document = self.version.document or compile_document(self.version)
        return self.show(
            stops=[row for row in found if row[0].severity == Severity.STOP],
            looks=[row for row in found if row[0].severity == Severity.LOOK],
            minutes=[(year, round(minutes_for(document, year))) for year in document["years"]],
            waves=waves,
            wave=wave,
        )

    def _link(self, problem: Problem) -> tuple[str, str]:
        kind, _, name = problem.where.partition(".")
        if kind == "question":
            row = Question.objects.filter(section__version=self.version, code=name).first()
            return (reverse("surveys_question", args=[self.version.pk, row.pk]), name) if row else ("", name)
        if kind == "section":
            section = self.version.sections.filter(key=name).first()
            return (self.url("surveys_section", section.pk), section.title) if section else ("", name)
        if kind == "translations":
            return self.url("surveys_language", name), f"Translations: {name}"
        return self.url(), "The whole version"


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
