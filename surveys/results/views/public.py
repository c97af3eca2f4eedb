"""What everybody may read: the whole area, large groups, in words for young people and for adults."""

import json
from typing import Any

from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.exports.csv import csv_response
from foundation.partnership.selectors import chrome_for

from ...fieldwork.enums import WaveState
from ...fieldwork.models import Wave
from ...release.models import Release
from ...release.origin import IMPORTED, INVENTED
from ...release.told import costs_told, gate_told
from ...templatetags.survey_names import named, wave_in_full
from ...texts.selectors import has_words, waves_with_words
from ..audiences import PUBLIC, SUBGROUP
from ..downloads import COLUMNS, csvw_metadata, open_data_rows, rows_of, with_note
from ..figures import EVERYBODY, took_part
from ..findings import largest_changes, largest_gaps, linked
from ..presenting import asked_whom, by_question, charts_by_group, charts_for_everybody, left_out, question_text
from ..selectors import kept_figures, release_before, released, topics_of
from .frame import asked_items, checked_by, chosen_split, found_release, is_empty, show, splits, surveys_home


@require_safe
def results_home(request: HttpRequest) -> HttpResponse:
    """Every wave with results, newest first."""
    waves = [
        {
            "title": wave_in_full(release.wave),
            "url": reverse("surveys:results_wave", args=[release.wave.survey.key, release.wave.slug]),
            "text": _origin_words(release.noted or (INVENTED if release.wave.is_demo else "")),
            "meta": _("Results published on %(day)s") % {"day": date_format(release.released_on, "j F Y")}
            if release.released_on
            else "",
        }
        for release in released().annotate(noted=KT("structure__origin")).defer("structure", "report")
    ]
    asked_now = Wave.objects.filter(state=WaveState.OPEN).select_related("survey")
    in_words = [{"wave": wave, "url": _words_url(wave)} for wave in waves_with_words()]
    context = {"waves": waves, "open_waves": list(asked_now), "in_words": in_words}
    return show(request, "home.html", context, trail=[])


@require_safe
def wave_results(request: HttpRequest, survey: str, wave: str, *, for_adults: bool = False) -> HttpResponse:
    """A wave's results: headlines, topics, what protects the children who answered."""
    release = found_release(survey, wave)
    return show(request, "wave.html", wave_context(release, for_adults=for_adults), trail=[surveys_home()])


def wave_context(release: Release, *, for_adults: bool) -> dict[str, Any]:
    """What the public page of a wave shows; Young Advisors see the same before it is public."""
    before = release_before(release)
    return {
        "release": release,
        "for_adults": for_adults,
        "took_part": took_part(release),
        "topic_cards": [
            {
                "title": named(topic),
                "url": reverse("surveys:results_topic", args=[release.wave.survey.key, release.wave.slug, topic.key]),
            }
            for topic in topics_of(release)
        ],
        "gaps": linked(largest_gaps(release, audience=PUBLIC), lambda code: _question_url(release, code)),
        "changes": linked(largest_changes(release, before, audience=PUBLIC), lambda code: _question_url(release, code)),
        "before": before,
        "gate": gate_told(release.report.get("gate", {})),
        "young_advisors": release.young_advisor_words.filter(is_accepted=True, topic_key=""),
        "words_url": _words_url(release.wave) if has_words(release.wave) else "",
    }


@require_safe
def topic_results(request: HttpRequest, survey: str, wave: str, topic: str) -> HttpResponse:
    """Every question of a topic, all pupils together."""
    release = found_release(survey, wave)
    return show(request, "topic.html", topic_context(release, topic), trail=_trail(release))


def topic_context(release: Release, topic: str) -> dict[str, Any]:
    """What the public page of a topic shows; 404 where the release has nothing of it."""
    items = asked_items(release, topic=topic)
    found = kept_figures(release, [item["key"] for item in items], audience=PUBLIC)
    questions = [
        {
            "title": question_text(figures[0].item | {"row": None}),
            "asked_whom": asked_whom(release.structure["items"], figures[0].item),
            "charts": charts_for_everybody(figures, wave=release.wave.name_here),
            "url": _question_url(release, figures[0].item["code"]),
        }
        for figures in by_question(found.values())
        if any(figure.is_shown for figure in figures)
    ]
    return {
        "release": release,
        "topic": next((one for one in topics_of(release) if one.key == topic), None),
        "questions": questions,
        "young_advisors": release.young_advisor_words.filter(is_accepted=True, topic_key=topic),
        "csv_url": reverse("surveys:results_topic_csv", args=[release.wave.survey.key, release.wave.slug, topic]),
    }


@require_safe
def question_results(request: HttpRequest, survey: str, wave: str, code: str, by: str = EVERYBODY) -> HttpResponse:
    """One question, by one characteristic at a time."""
    release = found_release(survey, wave)
    return show(request, "question.html", question_context(release, code, by), trail=_trail(release))


def question_context(release: Release, code: str, by: str = EVERYBODY) -> dict[str, Any]:
    """What the public page of a question shows; 404 where the release has no such question, or is not split so."""
    items = asked_items(release, code=code)
    found = kept_figures(release, [item["key"] for item in items], audience=PUBLIC, by=checked_by(release, by))
    figures = list(found.values())
    charts = charts_by_group if by else charts_for_everybody
    ways = splits(release, url_of=lambda way: _question_url(release, code, way), chosen=by)
    return {
        "release": release,
        "title": question_text(items[0] | {"row": None}),
        "asked_whom": asked_whom(release.structure["items"], items[0]),
        "charts": charts(figures, wave=release.wave.name_here),
        "left_out": left_out(figures),
        "chosen_split": chosen_split(ways),
        "is_split": bool(by),
        "is_empty": is_empty(found),
        "splits": ways,
        "csv_url": _question_url(release, code, by, name="results_question_csv"),
    }


@require_safe
def topic_csv(request: HttpRequest, survey: str, wave: str, topic: str) -> HttpResponse:
    """What the page of a topic shows, as a file."""
    release = found_release(survey, wave)
    keys = [item["key"] for item in asked_items(release, topic=topic)]
    rows = rows_of(kept_figures(release, keys, audience=PUBLIC).values())
    return csv_response(name=f"{survey}-{wave}-{topic}", header=COLUMNS, rows=with_note(rows))


@require_safe
def question_csv(request: HttpRequest, survey: str, wave: str, code: str, by: str = EVERYBODY) -> HttpResponse:
    """What the page of a question shows, as a file."""
    release = found_release(survey, wave)
    keys = [item["key"] for item in asked_items(release, code=code)]
    found = kept_figures(release, keys, audience=PUBLIC, by=checked_by(release, by))
    name = "-".join(filter(None, (survey, wave, code.lower(), by.lower())))
    return csv_response(name=name, header=COLUMNS, rows=with_note(rows_of(found.values())))


@require_safe
def open_data(request: HttpRequest, survey: str, wave: str) -> HttpResponse:
    """The release as open data: the files, the method, what the attack on it found."""
    release = found_release(survey, wave)
    context = {
        "release": release,
        "gate": gate_told(release.report.get("gate", {})),
        "errors": costs_told(release.report.get("errors", []), lowest=SUBGROUP.percent_from),
    }
    return show(request, "open_data.html", context, trail=_trail(release))


@require_safe
def open_data_cells(request: HttpRequest, survey: str, wave: str) -> HttpResponse:
    """Every public number of the release."""
    release = found_release(survey, wave)
    return csv_response(name=f"{survey}-{wave}", header=COLUMNS, rows=open_data_rows(release))


@require_safe
def open_data_metadata(request: HttpRequest, survey: str, wave: str) -> HttpResponse:
    """What the columns of the file mean, for machines."""
    release = found_release(survey, wave)
    chrome = chrome_for(request)
    described = csvw_metadata(
        release,
        url=request.build_absolute_uri(reverse("surveys:results_cells", args=[survey, wave])),
        publisher=chrome.partnership.name if chrome else "",
        page=request.build_absolute_uri(reverse("surveys:results_wave", args=[survey, wave])),
    )
    return HttpResponse(json.dumps(described, ensure_ascii=False, indent=1), content_type="application/csvm+json")


def _origin_words(origin: str) -> str:
    if origin == INVENTED:
        return _("Invented answers, for practice.")
    return _("Answers collected elsewhere.") if origin == IMPORTED else ""


def _words_url(wave: Wave) -> str:
    return reverse("surveys:in_their_words", args=[wave.survey.key, wave.slug])


def _question_url(release: Release, code: str, by: str = EVERYBODY, *, name: str = "results_question") -> str:
    arguments = [release.wave.survey.key, release.wave.slug, code]
    return reverse(f"surveys:{name}_by", args=[*arguments, by]) if by else reverse(f"surveys:{name}", args=arguments)


def _trail(release: Release) -> list[tuple[str, str]]:
    wave = release.wave
    return [surveys_home(), (wave_in_full(wave), reverse("surveys:results_wave", args=[wave.survey.key, wave.slug]))]
