"""What the home page shows below its body: what young people made, what is new, what is open."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from foundation.partnership.selectors import chrome_for
from foundation.registries.openings import openings_providers
from home.presentation import hour

from .subjects import coming_events, latest_news, made_with_young_people


def front_of(request: HttpRequest) -> dict[str, Any]:
    """The lists of the home page. Three queries, whatever there is."""
    from home.models import DocumentPage

    chrome = chrome_for(request)
    urls = chrome.urls if chrome else {}
    documents = urls.get("documents", "")
    return {
        "young_made": made_with_young_people(request, limit=3),
        "news": latest_news(request, limit=3),
        "events": [_as_card(event) for event in coming_events(request, limit=3)],
        "openings": [opening for giver in openings_providers for opening in giver.open_now()],
        "search_url": urls.get("search", ""),
        "documents_url": documents,
        "news_url": urls.get("news", ""),
        "events_url": urls.get("events", ""),
        "document_kinds": [
            {"title": str(label), "url": f"{documents}?kind={key}"}
            for key, label in DocumentPage.Kind.choices[:4]
            if documents
        ],
    }


def _as_card(event: Any) -> dict[str, Any]:
    starts = timezone.localtime(event.starts_at)
    return {
        "title": event.title,
        "url": event.url,
        "date": starts.date(),
        "time": hour(starts),
        "text": event.summary,
        "meta": event.place,
    }
