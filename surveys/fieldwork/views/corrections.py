"""The page between choosing a corrected version and asking it: what changed its words, and whether it means the same."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from ...errors import NotReady, SurveyError
from ...questionnaire.languages import direction_of, name_of
from ...questionnaire.models import Version
from .. import services
from ..meanings import ENGLISH, PICTURE, Reworded
from ..readiness import problems_of_correction, rewordings_of
from .managers import WaveFrame


class CorrectionView(WaveFrame):
    """A tick for each text that is another now. Without all of them nothing is asked."""

    template_name = "surveys/fieldwork/admin/correction.html"

    @cached_property
    def version(self) -> Version:
        own = Version.objects.filter(questionnaire__survey_id=self.wave.survey_id)
        return get_object_or_404(own.select_related("questionnaire__survey"), pk=self.kwargs["version_id"])

    def get_page_title(self) -> str:
        return f"Ask version {self.version.number} from now on"

    def get(self, request: HttpRequest, wave_id: int, version_id: int) -> HttpResponse:
        return self._page(ticked=set())

    def post(self, request: HttpRequest, wave_id: int, version_id: int) -> HttpResponse:
        ticked = set(request.POST.getlist("same"))
        try:
            services.correct_wave(wave=self.wave, version=self.version, same_meaning=ticked, by=self.user)
        except NotReady:
            messages.error(request, "Nothing was changed yet. Look at what is marked below.")
            return self._page(ticked=ticked, is_asked=True)
        except SurveyError as refusal:
            messages.error(request, str(refusal))
            return self.back()
        messages.success(
            request, "From now on the corrected version is asked. Pages that are open may still send the old one."
        )
        return self.back()

    def _page(self, *, ticked: set[str], is_asked: bool = False) -> HttpResponse:
        problems = problems_of_correction(self.wave, self.version)
        texts = [] if problems else rewordings_of(self.wave, self.version)
        rows = [_row(text, is_ticked=text.key in ticked, is_asked=is_asked) for text in texts]
        return self.show(version=self.version, problems=problems, rows=rows, status=422 if is_asked else 200)


def _row(text: Reworded, *, is_ticked: bool, is_asked: bool) -> dict[str, Any]:
    is_picture = text.language == PICTURE
    name = {PICTURE: "Picture", ENGLISH: "English"}.get(text.language) or name_of(text.language)
    return {
        "text": text,
        "language": name,
        "code": ENGLISH if is_picture else text.language,
        "direction": "ltr" if is_picture else direction_of(text.language),
        "is_ticked": is_ticked,
        "is_missing": is_asked and not is_ticked,
    }
