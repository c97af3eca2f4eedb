"""Translations: how far each language is, every text beside its English, and a file to work on elsewhere."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ..languages import direction_of, name_of
from ..services.translating import FileRefused, file_of, read_file, save_translations
from ..wordings import texts_of
from .frame import OneVersionView

MOST_BYTES = 2_000_000
TEXTS_A_PAGE = 100
"""Each is two fields, and Django takes a thousand."""


class LanguagesView(OneVersionView):
    """Each language of the survey with counts."""

    template_name = "surveys/questionnaire/languages.html"
    page_title = "Translations"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        counts = Counter((text.language, text.standing) for text in texts_of(self.version))
        rows = [
            {
                "language": code,
                "name": name_of(code),
                **{standing: counts[code, standing] for standing in ("there", "missing", "stale")},
            }
            for code in self.version.questionnaire.survey.languages
        ]
        return self.show(rows=rows)


class LanguageView(OneVersionView):
    """Every text of the version with its translation."""

    template_name = "surveys/questionnaire/language.html"

    @property
    def language(self) -> str:
        """The language of the address, which must be one of the survey's."""
        code: str = self.kwargs["language"]
        if code not in self.version.questionnaire.survey.languages:
            raise Http404
        return code

    def get_page_title(self) -> str:
        return name_of(self.language)

    def crumbs(self) -> list[dict[str, Any]]:
        return [*super().crumbs(), {"url": self.url("surveys_translations"), "label": "Translations"}]

    def get(self, request: HttpRequest, version_id: int, language: str) -> HttpResponse:
        texts = texts_of(self.version, self.language)
        counts = Counter(text.standing for text in texts)
        if request.GET.get("show") == "open":
            texts = [text for text in texts if text.standing != "there"]
        page = Paginator(texts, TEXTS_A_PAGE).get_page(request.GET.get("p"))
        return self.show(
            language=self.language,
            direction=direction_of(self.language),
            texts=page,
            counts=dict(counts),
            only_open=request.GET.get("show") == "open",
        )

    def post(self, request: HttpRequest, version_id: int, language: str) -> HttpResponse:
        texts = {text.key: text for text in texts_of(self.version, self.language)}
        given = {}
        for key, text in texts.items():
            typed = request.POST.get(f"text.{key}")
            if typed is None:
                continue
            seen = request.POST.get(f"english.{key}", "")
            changed = typed.strip() != text.words.strip()
            if changed or request.POST.get(f"fine.{key}"):
                given[key] = (typed, seen)
        if self.try_or_say(lambda: self._save(given), ""):
            return redirect(request.get_full_path())
        return self.get(request, version_id, language)

    def _save(self, given: dict[str, tuple[str, str]]) -> None:
        kept, moved = save_translations(version=self.version, language=self.language, given=given, by=self.user)
        messages.success(self.request, f"{kept} translations are saved.")
        if moved:
            messages.warning(
                self.request,
                f"The English of {len(moved)} texts changed while you were working: {', '.join(moved[:5])}. "
                "They are saved and marked, so that you can look at them again.",
            )


class FileView(LanguageView):
    """The texts as a spreadsheet file: out, and back in."""

    def get(self, request: HttpRequest, version_id: int, language: str) -> HttpResponse:
        response = HttpResponse(file_of(self.version, self.language), content_type="text/csv; charset=utf-8")
        name = f"{self.version.questionnaire.survey.key}-{self.version.questionnaire.phase}"
        response.headers["Content-Disposition"] = (
            f'attachment; filename="{name}-v{self.version.number}-{self.language}.csv"'
        )
        return response

    def post(self, request: HttpRequest, version_id: int, language: str) -> HttpResponse:
        upload = request.FILES.get("file")
        back = redirect("surveys_language", self.version.pk, self.language)
        if upload is None or (upload.size or 0) > MOST_BYTES:
            messages.error(request, "Choose the CSV file that you downloaded here, of at most 2 MB.")
            return back
        try:
            given = read_file(upload.read())
        except FileRefused as error:
            messages.error(request, str(error))
            return back
        self.try_or_say(lambda: self._save(given), "")
        return back
