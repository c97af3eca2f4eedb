"""What there is about a topic, for an audience, and lately."""

from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from .listings import Listed, listed, open_to_all

DOCUMENTS = {"kind": "kind", "date": "published_on", "version": "version"}
EVENTS = {"starts_at": "starts_at", "ends_at": "ends_at", "place": "place"}


def about_topic(topic_id: int | None, request: HttpRequest) -> dict[str, list[Listed]]:
    """Resources, current documents and the latest news about a topic."""
    from home.models import DocumentPage, NewsPage, ResourcePage

    if topic_id is None:
        return {"resources": [], "documents": [], "news": []}
    resources = open_to_all(ResourcePage.objects.filter(topics=topic_id)).order_by("path")
    documents = open_to_all(DocumentPage.objects.filter(topics=topic_id, superseded_by=None)).order_by(_newest)
    news = open_to_all(NewsPage.objects.filter(topics=topic_id)).order_by("-date", "-pk")
    return {
        "resources": listed(resources, request, kind="kind"),
        "documents": listed(documents[:8], request, **DOCUMENTS),
        "news": listed(news[:3], request, date="date"),
    }


def for_audience(audience_id: int | None, request: HttpRequest) -> dict[str, list[Listed]]:
    """Topics, current documents and coming events for an audience."""
    from home.models import DocumentPage, TopicPage

    if audience_id is None:
        return {"topics": [], "documents": [], "events": []}
    topics = open_to_all(TopicPage.objects.filter(audiences=audience_id)).order_by("path")
    documents = open_to_all(DocumentPage.objects.filter(audiences=audience_id, superseded_by=None)).order_by(_newest)
    return {
        "topics": listed(topics, request),
        "documents": listed(documents[:5], request, **DOCUMENTS),
        "events": coming_events(request, limit=3, audience_id=audience_id),
    }


def coming_events(request: HttpRequest, *, limit: int, audience_id: int | None = None) -> list[Listed]:
    """The next events that are not over, in the reader's language."""
    from home.models import EventPage

    now = timezone.now()
    events = _here(EventPage.objects.filter(Q(ends_at__gte=now) | Q(ends_at__isnull=True, starts_at__gte=now)))
    if audience_id is not None:
        events = events.filter(audiences=audience_id)
    return listed(open_to_all(events).order_by("starts_at")[:limit], request, **EVENTS)


def latest_news(request: HttpRequest, *, limit: int, but: int | None = None) -> list[Listed]:
    """The newest news in the reader's language."""
    from home.models import NewsPage

    news = _here(NewsPage.objects.exclude(pk=but))
    return listed(open_to_all(news).order_by("-date", "-pk")[:limit], request, date="date")


def made_with_young_people(request: HttpRequest, *, limit: int) -> list[Listed]:
    """Resources that Young Advisors helped to make, the latest first."""
    from home.models import ResourcePage

    made = _here(ResourcePage.objects.exclude(young_advisors_credit=""))
    latest = open_to_all(made).order_by(F("young_advisors_date").desc(nulls_last=True))[:limit]
    return listed(latest, request, kind="kind")


def older_than(document: Any, request: HttpRequest) -> list[Listed]:
    """The documents that this one replaced, the latest first."""
    return listed(open_to_all(document.supersedes.all()).order_by(_newest), request, **DOCUMENTS)


_newest = F("published_on").desc(nulls_last=True)


def _here(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.filter(locale__language_code=get_language() or settings.LANGUAGE_CODE)
