"""A school's own report: the school beside the area, in percentages from 30 pupils on, in words from 20."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.exports.csv import csv_response
from foundation.partnership.models import School

from ...fieldwork.views.schools import signed_in
from ...release.models import Release
from ..audiences import PUBLIC, SCHOOL
from ..downloads import COLUMNS, rows_of, with_note
from ..figures import Figure, Slice, items_of, took_part
from ..presenting import answer_text, by_question, question_text, share, text
from ..selectors import kept_figures, released, topics_of
from .frame import found_release, show


def own_school(request: HttpRequest, pk: int) -> School:
    """The school, if this person looks after it; another's and an unknown one look the same."""
    school = School.objects.filter(pk=pk, leads__user=request.user.pk).first()
    if school is None:
        raise Http404
    return school


@signed_in
@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    """Every report of every school that this person looks after."""
    schools = School.objects.filter(leads__user=request.user.pk)
    reports = [
        {"school": school, "release": release, "url": report_url(school, release)}
        for school in schools
        for release in released()
        if str(school.pk) in release.structure["schools"]
    ]
    return show(request, "my_reports.html", {"reports": reports}, trail=[(_("My schools"), reverse("my_schools"))])


@signed_in
@require_safe
def school_report(request: HttpRequest, pk: int, survey: str, wave: str) -> HttpResponse:
    """The whole report on one page, so that it can be read, searched and printed for governors."""
    school = own_school(request, pk)
    release = _of(school, survey, wave)
    part = Slice(school=school.pk)
    years = sorted({year for item in release.structure["items"] for year in item["years"]})
    context = {
        "school": school,
        "release": release,
        "took_part": took_part(release, part=part),
        "years": years,
        "topics": [{"topic": topic, "questions": _questions(release, topic.key, part)} for topic in topics_of(release)],
        "csv_url": reverse("school_report_csv", args=[pk, survey, wave]),
    }
    return show(request, "school_report.html", context, trail=[(_("My schools"), reverse("my_schools"))])


@signed_in
@require_safe
def school_report_csv(request: HttpRequest, pk: int, survey: str, wave: str) -> HttpResponse:
    """The numbers of the report as a file."""
    school = own_school(request, pk)
    release = _of(school, survey, wave)
    keys = [item["key"] for item in release.structure["items"]]
    found = kept_figures(release, keys, audience=SCHOOL, part=Slice(school=school.pk))
    return csv_response(name=f"{survey}-{wave}-school", header=COLUMNS, rows=with_note(rows_of(found.values())))


def report_url(school: School, release: Release) -> str:
    """Where a school's report stands."""
    return reverse("school_report", args=[school.pk, release.wave.survey.key, release.wave.slug])


def _of(school: School, survey: str, wave: str) -> Release:
    release = found_release(survey, wave)
    if str(school.pk) not in release.structure["schools"]:
        raise Http404
    return release


def _questions(release: Release, topic: str, part: Slice) -> list[dict[str, Any]]:
    keys = [item["key"] for item in items_of(release, topic=topic)]
    own = kept_figures(release, keys, audience=SCHOOL, part=part)
    area = kept_figures(release, keys, audience=PUBLIC)
    return [_beside(figures, area) for figures in by_question(own.values()) if figures[0].rows[0].base]


def _beside(figures: list[Figure], area: dict[str, Figure]) -> dict[str, Any]:
    """A question's table: lines of (answer, the school, the area)."""
    first = figures[0]
    lines = []
    for figure in figures:
        beside = area[figure.item["key"]]
        if first.item["kind"] == "choose-all":
            lines.append(_line(text(figure.item["row"]), figure, beside, 1))
            continue
        if figure.item["row"]:
            lines.append({"heading": text(figure.item["row"])})
        lines += [_line(answer_text(answer), figure, beside, answer["answer"]) for answer in figure.answers]
    return {
        "title": question_text(first.item | {"row": None}),
        "base": first.rows[0].base,
        "is_shown": any(figure.is_shown for figure in figures),
        "lines": lines,
    }


def _line(label: str, own: Figure, area: Figure, answer: int) -> dict[str, Any]:
    return {
        "label": label,
        "own": share(own.rows[0], answer),
        "own_value": _percent(own, answer),
        "area": share(area.rows[0], answer),
        "area_value": _percent(area, answer),
    }


def _percent(figure: Figure, answer: int) -> int:
    row = figure.rows[0]
    cell = row.cell(answer) if row.shown else None
    return round(100 * cell.pupils / row.base) if cell and row.base else 0
