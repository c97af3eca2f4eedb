"""A school's own report: the school beside the area, in percentages from 30 pupils on, in words from 20."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.exports.csv import csv_response
from foundation.partnership.models import School

from ...fieldwork.views.schools import signed_in
from ...questionnaire.enums import QuestionKind
from ...questionnaire.models import Topic
from ...release.models import Release
from ...templatetags.survey_names import wave_in_full
from ..audiences import PUBLIC, SCHOOL
from ..downloads import COLUMNS, rows_of, with_note
from ..figures import Figure, Slice, items_of, took_part
from ..presenting import PICKED, answer_text, asked_whom, by_question, question_text, share, text
from ..selectors import kept_figures, released, topics_of
from .frame import found_release, show

LONG = 12
"""A table of more lines may break over two sheets of paper."""


def own_schools(request: HttpRequest) -> "QuerySet[School]":
    """The open schools that this person looks after."""
    return School.objects.filter(leads__user=request.user.pk, is_active=True)


def own_school(request: HttpRequest, pk: int) -> School:
    """The school, if this person looks after it; another's, a closed and an unknown one look the same."""
    school = own_schools(request).filter(pk=pk).first()
    if school is None:
        raise Http404
    return school


@signed_in
@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    """Every report of every school that this person looks after."""
    reports = [
        {"title": school.name, "text": wave_in_full(release.wave), "url": report_url(school, release)}
        for school in own_schools(request)
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
    context = {
        "school": school,
        "release": release,
        "took_part": took_part(release, part=part),
        "topics": [one for topic in topics_of(release) if (one := _topic(release, topic, part))["questions"]],
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
    own, area = _figures(release, keys, Slice(school=school.pk))
    rows = []
    for figures in by_question(own.values()):
        if _is_shown(figures):
            rows += rows_of(figures, group=school.name)
            rows += rows_of([area[figure.item["key"]] for figure in figures], group=_("The whole area"))
    return csv_response(name=f"{survey}-{wave}-school", header=COLUMNS, rows=with_note(rows))


def report_url(school: School, release: Release) -> str:
    """Where a school's report stands."""
    return reverse("school_report", args=[school.pk, release.wave.survey.key, release.wave.slug])


def _of(school: School, survey: str, wave: str) -> Release:
    release = found_release(survey, wave)
    if str(school.pk) not in release.structure["schools"]:
        raise Http404
    return release


def _topic(release: Release, topic: Topic, part: Slice) -> dict[str, Any]:
    """A topic's questions beside the area, and the titles of those that too few of the school were asked."""
    own, area = _figures(release, [item["key"] for item in items_of(release, topic=topic.key)], part)
    asked = [figures for figures in by_question(own.values()) if any(figure.rows[0].base for figure in figures)]
    return {
        "topic": topic,
        "questions": [
            _beside(figures, area) | {"asked_whom": asked_whom(release.structure["items"], figures[0].item)}
            for figures in asked
            if _is_shown(figures)
        ],
        "too_few": [_title(figures) for figures in asked if not _is_shown(figures)],
    }


def _figures(release: Release, keys: list[str], part: Slice) -> tuple[dict[str, Figure], dict[str, Figure]]:
    return kept_figures(release, keys, audience=SCHOOL, part=part), kept_figures(release, keys, audience=PUBLIC)


def _is_shown(figures: list[Figure]) -> bool:
    return any(figure.is_shown for figure in figures)


def _title(figures: list[Figure]) -> str:
    return question_text(figures[0].item | {"row": None})


def _beside(figures: list[Figure], area: dict[str, Figure]) -> dict[str, Any]:
    """A question's table: groups of lines (answer, the school, the area); one group for each row of a grid."""
    first = figures[0]
    if first.item["kind"] == QuestionKind.CHOOSE_ALL:
        lines = [_line(text(one.item["row"]), one, area[one.item["key"]], PICKED) for one in figures]
        groups = [{"heading": "", "lines": lines}]
    else:
        groups = [
            {
                "heading": text(one.item["row"]),
                "lines": [
                    _line(answer_text(answer), one, area[one.item["key"]], answer["answer"]) for answer in one.answers
                ],
            }
            for one in figures
        ]
    area_row = area[first.item["key"]].rows[0]
    return {
        "title": _title(figures),
        "base": first.rows[0].base,
        "area_base": area_row.base if area_row.shown else None,
        "is_long": sum(len(group["lines"]) for group in groups) > LONG,
        "groups": groups,
    }


def _line(label: str, own: Figure, area: Figure, answer: int) -> dict[str, Any]:
    return {
        "label": label,
        "own": share(own.rows[0], answer),
        "own_value": _percent(own, answer),
        "area": share(area.rows[0], answer),
        "area_value": _percent(area, answer),
    }


def _percent(figure: Figure, answer: int) -> int | None:
    """The length of the bar; no bar where words or nothing stand, for its length would be the number."""
    cell = figure.rows[0].cell(answer)
    return cell.percent if cell else None
