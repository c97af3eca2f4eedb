"""The questionnaire as a pupil meets it, at the width of a phone, in each language and year group."""

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin

from ...answering.preview import preview_response
from ...years import YearGroup
from ..document import compile_document
from .frame import OneVersionView


class PreviewView(OneVersionView):
    """A frame of 390 px with the pupil's page in it, and the choice of year group and language."""

    template_name = "surveys/questionnaire/preview.html"
    page_title = "Preview as a pupil"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        years = sorted(self.version.questionnaire.year_groups)
        languages = ["en", *(code for code in self.version.questionnaire.survey.languages if code != "en")]
        year, language = chosen(request, years, languages)
        page = f"{self.url('surveys_preview_page')}?{urlencode({'year': str(year), 'language': str(language)})}"
        return self.show(
            years=[(each, YearGroup(each).label) for each in years],
            languages=languages,
            year=year,
            language=language,
            page=page,
        )


@method_decorator(xframe_options_sameorigin, name="dispatch")
class PageView(OneVersionView):
    """The pupil's page itself. It has no code and no address to send to."""

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        document = self.version.document or compile_document(self.version)
        year, language = chosen(request, document["years"], document["languages"])
        return preview_response(request, document=document, year_group=year, language=language)


def chosen(request: HttpRequest, years: list[int], languages: list[str]) -> tuple[int, str]:
    """The year group and the language that were asked for, where the questionnaire has them."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdigit() and typed.isascii() and int(typed) in years else min(years, default=7)
    language = request.GET.get("language", "en")
    return year, language if language in languages else "en"
