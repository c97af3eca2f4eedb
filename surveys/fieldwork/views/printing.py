"""One paper as a page to print, in the language that was asked for where it exists in it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from foundation.partnership.models import School

from ...answering.languages import language_choices
from ..models import Wave, WaveSchool
from ..papers import ENGLISH, Paper, filling


def print_paper(
    request: HttpRequest, paper: Paper, *, wave: Wave, school: School | None, taking_part: WaveSchool | None, back: str
) -> HttpResponse:
    """The paper, filled in. `?l=` names the language; one that it does not exist in is English."""
    asked = request.GET.get("l", "")
    language = asked if asked in paper.languages else ENGLISH
    choices: list[dict[str, Any]] = language_choices(list(paper.languages)) if len(paper.languages) > 1 else []
    with translation.override(language):
        context = filling(wave=wave, school=school, taking_part=taking_part, language=language)
        context |= {
            "paper": paper,
            "back_url": back,
            "no_index": True,
            "paper_languages": [{**each, "is_this": each["code"] == language} for each in choices],
            "is_unchecked": language != ENGLISH,
        }
        response = render(request, paper.template, context)
    response.headers["Content-Language"] = language
    return response
