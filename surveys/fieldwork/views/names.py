"""Names that the public reads in other languages: of topics, surveys and waves, each beside its English."""

from collections import Counter
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ...errors import SurveyError
from ...questionnaire.languages import direction_of, name_of
from ...questionnaire.models import Survey, Topic
from ...questionnaire.named import Named
from ...questionnaire.services.naming import LONGEST, languages_of_names, names_in, save_names
from ...questionnaire.views.frame import ManagerView
from ...questionnaire.wordings import Text
from ..models import Wave


def named_things() -> list[Named]:
    """Everything whose name the public reads: some dozen rows."""
    return [*Topic.objects.all(), *Survey.objects.all(), *Wave.objects.select_related("survey")]


class NamesView(ManagerView):
    """Each language with counts."""

    template_name = "surveys/fieldwork/admin/names.html"
    page_title = "Names in other languages"

    def get(self, request: HttpRequest) -> HttpResponse:
        things = named_things()
        rows = [
            {"language": code, "name": name_of(code), **Counter(text.standing for text in names_in(code, things))}
            for code in languages_of_names()
        ]
        return self.show(rows=rows)


class NamesInView(ManagerView):
    """Every name with its translation in one language."""

    template_name = "surveys/fieldwork/admin/names_in.html"

    @property
    def language(self) -> str:
        """The language of the address, which must be one of a survey's."""
        code: str = self.kwargs["language"]
        if code not in languages_of_names():
            raise Http404
        return code

    def get_page_title(self) -> str:
        return f"Names in {name_of(self.language)}"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("surveys_names"), "label": NamesView.page_title}]

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        return self._page(names_in(self.language, named_things()))

    def post(self, request: HttpRequest, language: str) -> HttpResponse:
        things, given = named_things(), {}
        for text in names_in(self.language, things):
            typed = request.POST.get(f"text.{text.key}")
            if typed is not None and (typed.strip() != text.words or request.POST.get(f"fine.{text.key}")):
                given[text.key] = (typed, request.POST.get(f"english.{text.key}", ""))
        try:
            kept = save_names(language=self.language, things=things, given=given, by=self.user)
        except SurveyError as error:
            messages.error(request, str(error))
            typed_texts = [
                replace(text, words=request.POST.get(f"text.{text.key}", text.words))
                for text in names_in(self.language, things)
            ]
            return self._page(typed_texts, status=422)
        messages.success(request, f"{kept} names are saved." if kept != 1 else "One name is saved.")
        return redirect("surveys_names_in", self.language)

    def _page(self, texts: list[Text], *, status: int = 200) -> HttpResponse:
        return self.show(
            status=status,
            language=self.language,
            direction=direction_of(self.language),
            texts=texts,
            longest=LONGEST,
            can_translate=self.may_edit,
        )
