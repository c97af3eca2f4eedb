"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from foundation.partnership.selectors import chrome_for

from .filters import Filters
from .misses import record_miss
from .presenting import present
from .selectors import find
from .urgent import helplines_for, urgent_for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results as one page that works without JavaScript; the address holds the whole search."""
    filters = Filters.read(request.GET)
    found = find(filters)
    if filters.query and not found.without_filters and request.method == "GET":
        record_miss(term=filters.query, language=get_language() or "en")
    # Fear types badly: the likely spelling counts too.
    urgent = urgent_for(filters.query) or urgent_for(found.correction)
    chrome = chrome_for(request)
    context = {
        **present(found),
        "chrome": chrome,
        "is_start": filters.is_empty,
        "urgent": urgent,
        "urgent_lines": helplines_for(urgent, chrome.helplines) if urgent and chrome else [],
        "exit_page": urgent is not None,
        "no_index": True,
    }
    response = render(request, "search/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    if filters.query:
        # What was looked for stays out of every cache.
        response.headers["Cache-Control"] = "private, no-store"
    # The server may keep what it found, five minutes and under a hashed name; a search in vain is counted each time.
    response.same_for_everybody = bool(found.without_filters)  # type: ignore[attr-defined]
    return response
