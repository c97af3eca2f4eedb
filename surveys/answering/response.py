"""The headers that every answer under /s/ carries: nothing kept, nothing told to the next site, nothing found by a search."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from foundation.partnership.selectors import chrome_for

from ..questionnaire.languages import direction_of
from .help import lines_for
from .words import interface_words

View = Callable[..., HttpResponse]


def for_pupils(view: View) -> View:
    """A view that sets no cookie and asks for none: the class code in the body is the permission, so there is nothing
    that a forged request could ride on."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return marked(view(request, *args, **kwargs))

    return answer


def marked(response: HttpResponse) -> HttpResponse:
    """The response with the headers of `/s/`."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def page(
    request: HttpRequest,
    template: str,
    *,
    language: str,
    status: int = 200,
    at_school: str = "",
    **context: Any,
) -> HttpResponse:
    """A page in the frame of `/s/`. The template sees no request, so that nothing of the reader can get into it."""
    said = interface_words(language)
    frame = chrome_for(request)
    with translation.override(language):
        html = render_to_string(
            f"surveys/answering/{template}.html",
            {
                "language": language,
                "direction": direction_of(language),
                "said": said,
                "help_lines": lines_for(language),
                "school_line": said["help_school"].format(who=at_school) if at_school else "",
                "owner": frame.partnership.short_name or frame.partnership.name if frame else "",
                **context,
            },
        )
    response = HttpResponse(html, status=status)
    response.headers["Content-Language"] = language
    return response
