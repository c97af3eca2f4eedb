"""Answers on paper in the admin: the keyed table is looked through first, then taken in. The file is kept nowhere."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from foundation.exports.csv import csv_response
from foundation.partnership.models import School

from ...collection.paper import columns_for, meanings_for, read_table, take_in_paper, taken_in_before
from ...collection.paper.carrying import Keyed, NotCarried, seal, unseal
from ...collection.paper.uploads import InMemoryOnly
from ...collection.services.sealing import FEWEST
from ...errors import SurveyError
from ...questionnaire.reading import Document
from ...years import YearGroup
from ..enums import SessionState, WaveState
from ..models import ClassSession, Wave
from ..paper_forms import TOO_BIG, PaperForm
from ..selectors import document_for, years_of_wave
from ..states import ENDED
from .managers import WaveFrame

TOO_OLD = (
    "This page is more than an hour old, or was meant for somebody else. Nothing was taken in. Choose the file again."
)


@method_decorator([csrf_exempt, sensitive_post_parameters()], name="dispatch")
class PaperView(WaveFrame):
    """First the file: what is wrong by row and column, or how many pupils. Then one button takes them in."""

    template_name = "surveys/fieldwork/admin/paper.html"
    page_title = "Answers on paper"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # The token is checked below, because checking it reads the body, and the body must be read into memory alone.
        self.upload = InMemoryOnly(request)
        request.upload_handlers = [self.upload]
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest, wave_id: int) -> HttpResponse:
        return self._form(PaperForm(wave=self.wave))

    def post(self, request: HttpRequest, wave_id: int) -> HttpResponse:
        if self.wave.state != WaveState.OPEN:
            messages.error(request, "Answers on paper can be taken in while the wave is open.")
            return self.back()
        return self._take_in(request) if "keyed" in request.POST else self._look_through(request)

    def _look_through(self, request: HttpRequest) -> HttpResponse:
        form = PaperForm(request.POST, request.FILES, wave=self.wave)
        if self.upload.is_too_big:
            form.errors.pop("file", None)
            form.add_error("file", TOO_BIG)
        if not form.is_valid():
            messages.error(request, "Nothing was read yet. Look at what is marked below.")
            return self._form(form, status=422)
        school, year = form.cleaned_data["taking_part"].school, form.cleaned_data["year_group"]
        rows, problems = read_table(
            form.cleaned_data["file"].read(),
            document=document_of(self.wave, year),
            positions=self.wave.positions,
            year_group=year,
        )
        if problems:
            messages.error(request, "Nothing was taken in. Put this right in the table, then choose it again.")
            return self._form(form, problems=problems, status=422)
        keyed = Keyed(self.wave.pk, school.pk, year, self.user.pk, rows)
        return self.show(
            keyed=seal(keyed),
            school=school,
            year=YearGroup(year).label,
            pupils=len(rows),
            is_few=len(rows) < FEWEST,
            fewest=FEWEST,
            before=taken_in_before(wave=self.wave, school=school, year_group=year),
        )

    def _take_in(self, request: HttpRequest) -> HttpResponse:
        try:
            keyed = unseal(request.POST["keyed"], wave_id=self.wave.pk, person_id=self.user.pk)
        except NotCarried:
            messages.error(request, TOO_OLD)
            return self._form(PaperForm(wave=self.wave), status=422)
        try:
            session = take_in_paper(
                wave=self.wave,
                school=get_object_or_404(School, pk=keyed.school_id),
                year_group=keyed.year_group,
                rows=keyed.rows,
                key=keyed.key,
                by=self.user,
            )
        except SurveyError as refusal:
            messages.error(request, str(refusal))
            return self.back()
        # On PostgreSQL the web may not seal: until the chore has, a crash of the database would lose them.
        if session.state in ENDED and session.state != SessionState.LOST:
            words = "Taken in and shuffled with the others. Destroy the paper and the file now."
        else:
            words = "Taken in. Keep the paper until this session stands here as sealed, some minutes from now, then destroy it."
        messages.success(request, words)
        return self.back()

    def _form(self, form: PaperForm, *, problems: Any = (), status: int = 200) -> HttpResponse:
        years = [(year, YearGroup(year).label) for year in years_of_wave(self.wave)]
        is_open = self.wave.state == WaveState.OPEN
        return self.show(form=form, problems=problems, years=years, is_open=is_open, status=status)


class PaperFileView(WaveFrame):
    """Two files for whoever keys: the headings, and what to type for each answer."""

    def get(self, request: HttpRequest, wave_id: int, year: int, what: str) -> HttpResponse:
        is_asked = self.wave.state == WaveState.OPEN and year in years_of_wave(self.wave)
        if not is_asked or what not in {"headings", "meanings"}:
            raise Http404
        document = document_of(self.wave, year)
        if what == "headings":
            return csv_response(name=f"paper-year-{year}", header=columns_for(document, year), rows=[])
        header = ["Heading", "Question", "Type", "For"]
        return csv_response(name=f"what-to-type-year-{year}", header=header, rows=meanings_for(document, year))


def document_of(wave: Wave, year: int) -> Document:
    """What the wave asks this year group now."""
    return document_for(ClassSession(wave=wave, year_group=year))
