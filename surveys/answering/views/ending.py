"""After the last question: a calm page, the same for everybody, that clears what the browser kept."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..calm import colours, tiles
from ..response import for_pupils, page
from ..words import interface_words
from .door import TRANSLATED


@require_safe
@for_pupils
def done(request: HttpRequest) -> HttpResponse:
    """Sent."""
    return _last_page(request, "sent")


@require_safe
@for_pupils
def already(request: HttpRequest) -> HttpResponse:
    """Sent before, by a double click or a resend; it counts once."""
    return _last_page(request, "already")


@require_safe
@for_pupils
def stopped(request: HttpRequest) -> HttpResponse:
    """Cleared without sending. It looks as the others do."""
    return _last_page(request, "stopped")


def _last_page(request: HttpRequest, name: str) -> HttpResponse:
    asked = request.GET.get("l", "")
    language = asked if asked in TRANSLATED else "en"
    said = interface_words(language)
    response = page(
        request,
        "last",
        language=language,
        title=said[f"{name}_title"],
        text=said[f"{name}_text"],
        can_begin_again=name == "stopped",
        calm={"colours": colours(language), "tiles": tiles(language)},
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
