"""What a subgroup reads: the questions that it serves, for the whole area, with gaps, changes and every split."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.exports.csv import csv_response
from foundation.partnership.models import Subgroup

from ...fieldwork.views.schools import signed_in
from ...release.models import Release
from ..audiences import SUBGROUP
from ..downloads import COLUMNS, rows_of, with_note
from ..figures import EVERYBODY, took_part
from ..findings import largest_changes, largest_gaps, linked
from ..presenting import asked_whom, charts_by_group, charts_for_everybody, left_out, question_text
from ..selectors import kept_figures, release_before, released, topics_of
from .frame import asked_items, checked_by, chosen_split, found_release, is_empty, show, splits

READ_ALL = "surveys.view_release"
"""Survey managers and administrators may look at every subgroup's page."""


def own_subgroups(request: HttpRequest) -> "QuerySet[Subgroup]":
    """The subgroups whose figures this person may read."""
    if request.user.has_perm(READ_ALL):
        return Subgroup.objects.all()
    return Subgroup.objects.filter(sitting__user=request.user.pk)


def own_subgroup(request: HttpRequest, key: str) -> Subgroup:
    """The subgroup, if its figures are this person's to read; an unknown one and another's look the same."""
    subgroup = own_subgroups(request).filter(key=key).first()
    if subgroup is None:
        raise Http404
    return subgroup


@signed_in
@require_safe
def my_subgroups(request: HttpRequest) -> HttpResponse:
    """The subgroups of this person."""
    cards = [
        {"title": subgroup.name, "url": reverse("subgroup_results", args=[subgroup.key])}
        for subgroup in own_subgroups(request)
    ]
    return show(request, "my_subgroups.html", {"subgroups": cards}, trail=[])


@signed_in
@require_safe
def subgroup_home(request: HttpRequest, key: str) -> HttpResponse:
    """The waves with figures for this subgroup; the newest in full."""
    subgroup = own_subgroup(request, key)
    releases = [release for release in released() if topics_of(release, subgroup=key)]
    context: dict[str, Any] = {"subgroup": subgroup, "releases": releases}
    if releases:
        context |= _wave(subgroup, releases[0])
    return show(request, "subgroup.html", context, trail=[_mine()])


@signed_in
@require_safe
def subgroup_wave(request: HttpRequest, key: str, survey: str, wave: str) -> HttpResponse:
    """One wave for this subgroup."""
    subgroup = own_subgroup(request, key)
    release = found_release(survey, wave)
    context = {"subgroup": subgroup, "releases": [], **_wave(subgroup, release)}
    return show(request, "subgroup.html", context, trail=[_mine(), _home_of(subgroup)])


@signed_in
@require_safe
def subgroup_question(
    request: HttpRequest, key: str, survey: str, wave: str, code: str, by: str = EVERYBODY
) -> HttpResponse:
    """One question, by one characteristic at a time, beside the wave before."""
    subgroup = own_subgroup(request, key)
    release = found_release(survey, wave)
    items = asked_items(release, code=code, subgroup=key)
    keys = [item["key"] for item in items]
    found = kept_figures(release, keys, audience=SUBGROUP, by=checked_by(release, by))
    before = release_before(release)
    known = {item["key"] for item in before.structure["items"]} if before else set()
    earlier = (
        charts_for_everybody(list(kept_figures(before, keys, audience=SUBGROUP).values()), wave=before.wave.name_here)
        if before and not by and known.issuperset(keys)
        else []
    )
    figures = list(found.values())
    charts = charts_by_group if by else charts_for_everybody
    ways = splits(release, url_of=lambda way: question_url(subgroup, release, code, way), chosen=by)
    context = {
        "subgroup": subgroup,
        "release": release,
        "before": before,
        "earlier": earlier,
        "title": question_text(items[0] | {"row": None}),
        "may_act": items[0].get("may_act", ""),
        "asked_whom": asked_whom(release.structure["items"], items[0]),
        "charts": charts(figures, wave=release.wave.name_here),
        "left_out": left_out(figures),
        "chosen_split": chosen_split(ways),
        "is_split": bool(by),
        "is_empty": is_empty(found),
        "splits": ways,
        "csv_url": question_url(subgroup, release, code, by, name="subgroup_question_csv"),
    }
    return show(request, "question.html", context, trail=[_mine(), _home_of(subgroup)])


@signed_in
@require_safe
def subgroup_question_csv(
    request: HttpRequest, key: str, survey: str, wave: str, code: str, by: str = EVERYBODY
) -> HttpResponse:
    """What the page of a question shows, as a file."""
    own_subgroup(request, key)
    release = found_release(survey, wave)
    keys = [item["key"] for item in asked_items(release, code=code, subgroup=key)]
    found = kept_figures(release, keys, audience=SUBGROUP, by=checked_by(release, by))
    name = "-".join(filter(None, (key, survey, wave, code.lower(), by.lower())))
    return csv_response(name=name, header=COLUMNS, rows=with_note(rows_of(found.values())))


def question_url(
    subgroup: Subgroup, release: Release, code: str, by: str = EVERYBODY, *, name: str = "subgroup_question"
) -> str:
    """Where a subgroup reads a question."""
    arguments = [subgroup.key, release.wave.survey.key, release.wave.slug, code]
    return reverse(f"{name}_by", args=[*arguments, by]) if by else reverse(name, args=arguments)


def _wave(subgroup: Subgroup, release: Release) -> dict[str, Any]:
    questions = {item["code"]: item for item in asked_items(release, subgroup=subgroup.key)}
    before = release_before(release)
    gaps = largest_gaps(release, audience=SUBGROUP, subgroup=subgroup.key)
    changes = largest_changes(release, before, audience=SUBGROUP, subgroup=subgroup.key)
    return {
        "release": release,
        "before": before,
        "took_part": took_part(release),
        "gaps": linked(gaps, lambda code: question_url(subgroup, release, code)),
        "changes": linked(changes, lambda code: question_url(subgroup, release, code)),
        "topics": [
            {
                "topic": topic,
                "questions": [
                    {
                        "title": question_text(item | {"row": None}),
                        "url": question_url(subgroup, release, code),
                    }
                    for code, item in questions.items()
                    if item["topic"] == topic.key
                ],
            }
            for topic in topics_of(release, subgroup=subgroup.key)
        ],
    }


def _mine() -> tuple[str, str]:
    return _("My subgroups"), reverse("my_subgroups")


def _home_of(subgroup: Subgroup) -> tuple[str, str]:
    return subgroup.name, reverse("subgroup_results", args=[subgroup.key])
