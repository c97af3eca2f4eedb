"""Where a pupil types the class code, and the page with all the questions."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from ..carried import Carried
from ..doorway import Lesson, NotOpen, at_school_of, open_lesson
from ..languages import language_choices
from ..response import for_pupils, page
from ..sheet import data_block, sheet_for
from ..steps import Way
from .steps import step_page

TRANSLATED = ("en", "bn", "ar")
"""Languages that the words around the questions exist in."""
LONGEST_CODE = 120


@require_safe
@for_pupils
def door(request: HttpRequest) -> HttpResponse:
    """The code page. The code of a QR stands after `#`, which no browser sends; a script fills it in."""
    return code_page(request, language=_language(request.GET.get("l", "")))


@require_POST
@for_pupils
def questions(request: HttpRequest) -> HttpResponse:
    """Code → the whole questionnaire, and the same as step pages for a browser without scripts."""
    language = _language(request.POST.get("l", ""))
    typed, slip = (request.POST.get(name, "")[:LONGEST_CODE] for name in ("code", "slip"))
    with translation.override(language):
        try:
            lesson = open_lesson(typed, slip)
        except NotOpen as problem:
            return code_page(request, language=language, typed=typed, slip=slip, problem=problem)
    return _first_page(request, lesson, language if language in lesson.languages[1:] else lesson.languages[0])


def code_page(
    request: HttpRequest, *, language: str, typed: str = "", slip: str = "", problem: NotOpen | None = None
) -> HttpResponse:
    """The page with the field for the code; with what was wrong, and what was typed."""
    response = page(
        request,
        "code",
        language=language,
        status=problem.status if problem else 200,
        typed=typed,
        slip=slip,
        problem=problem,
        languages=language_choices(list(TRANSLATED)),
    )
    if problem is not None and problem.status == 429:
        response.headers["Retry-After"] = "5"
    return response


def _first_page(request: HttpRequest, lesson: Lesson, language: str) -> HttpResponse:
    at_school = at_school_of(lesson.session)
    sheet = sheet_for(
        lesson.document, year_group=lesson.session.year_group, languages=lesson.languages, at_school=at_school
    )
    sheet |= {"code": lesson.code, "slip": lesson.slip, "language": language}
    carried = Carried(code=lesson.code, version=lesson.document["version"], language=language, slip=lesson.slip)
    way = Way(lesson.document, lesson.session.year_group, {})
    return step_page(
        request, way=way, carried=carried, languages=lesson.languages, at_school=at_school, sheet=data_block(sheet)
    )


def _language(asked: str) -> str:
    return asked if asked in TRANSLATED else settings.LANGUAGE_CODE
