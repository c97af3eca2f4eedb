"""What there is about a topic, for an audience, and lately."""

import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from .listings import Listed, PreparedList, listed, open_to_all

DOCUMENTS = {"kind": "kind", "date": "published_on", "version": "version"}
EVENTS = {"starts_at": "starts_at", "ends_at": "ends_at", "place": "place"}


def about_topic(topic_id: int | None, request: HttpRequest) -> dict[str, Any]:
    """Resources, current documents and the latest news about a topic; `has_more` where it has more resources than fit."""
    if topic_id is None:
        return {"resources": [], "documents": [], "news": [], "has_more": False}
    resources = _resources_on.of(request, topic=topic_id)
    return {
        "resources": resources[:MOST_GUIDES],
        "has_more": len(resources) > MOST_GUIDES,
        "documents": _documents_on.of(request, topic=topic_id),
        "news": _news_on.of(request, topic=topic_id),
    }


def for_audience(audience_id: int | None, request: HttpRequest) -> dict[str, list[Listed]]:
    """Topics, current documents and coming events for an audience."""
    if audience_id is None:
        return {"topics": [], "documents": [], "events": []}
    return {
        "topics": _topics_for.of(request, audience=audience_id),
        "documents": _documents_for.of(request, audience=audience_id),
        "events": _events_for.of(request, audience=audience_id, now=timezone.now(), language=_language())[:3],
    }


def coming_events(request: HttpRequest, *, limit: int) -> list[Listed]:
    """The next events that are not over, in the reader's language: six at most."""
    return _events.of(request, now=timezone.now(), language=_language())[:limit]


def latest_news(request: HttpRequest, *, limit: int, but: int | None = None) -> list[Listed]:
    """The newest news in the reader's language, without one: five at most."""
    newest = _latest_news.of(request, language=_language())
    return [news for news in newest if news.pk != but][:limit]


def made_with_young_people(request: HttpRequest, *, limit: int) -> list[Listed]:
    """Resources that Young Advisors helped to make, the latest first: six at most."""
    return _young_made.of(request, language=_language())[:limit]


def resources_below(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The resources of an audience's page in the editors' order, sixty at a time: `more_guides` is the address of the next
    part, `first_guides` that of the first where this is a later one. One query, however many there are."""
    first, last = page._get_children_path_interval(page.path)
    asked = request.GET.get("from", "")
    is_later = bool(_STEP.fullmatch(asked))
    start = page.path + asked if is_later else first
    found = _resources_below.of(request, first=start, last=last, depth=page.depth + 1)
    following = found[MOST_GUIDES].path[len(page.path) :] if len(found) > MOST_GUIDES else ""
    return {
        "resources": found[:MOST_GUIDES],
        "more_guides": f"?from={following}#guides" if following else "",
        "first_guides": "?#guides" if is_later else "",
    }


def topics_beside(page: Any, request: HttpRequest) -> list[Listed]:
    """The other topics, in the editors' order."""
    first, last = page._get_children_path_interval(page.path[: -page.steplen])
    beside = _topics_beside.of(request, first=first, last=last, depth=page.depth)
    return [topic for topic in beside if topic.pk != page.pk]


def older_than(document: Any, request: HttpRequest) -> list[Listed]:
    """The documents that this one replaced, the latest first."""
    return listed(open_to_all(document.supersedes.all()).order_by(_newest), request, **DOCUMENTS)


_newest = F("published_on").desc(nulls_last=True)
_MOST = 6
MOST_GUIDES = 60
_STEP = re.compile(r"[0-9A-Z]{4}")
"""One step of a page's path, as `treebeard` writes it."""


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _model(name: str) -> Any:
    return apps.get_model("home", name).objects


def _pages_of_events(now: Any, language: str, **others: Any) -> QuerySet[Any]:
    events = _model("EventPage").filter(Q(ends_at__gte=now) | Q(ends_at__isnull=True, starts_at__gte=now))
    return open_to_all(events.filter(locale__language_code=language, **others)).order_by("starts_at")[:_MOST]


_resources_on = PreparedList(
    lambda topic: open_to_all(_model("ResourcePage").filter(topics=topic)).order_by("path")[: MOST_GUIDES + 1],
    kind="kind",
)
_documents_on = PreparedList(
    lambda topic: open_to_all(_model("DocumentPage").filter(topics=topic, superseded_by=None)).order_by(_newest)[:8],
    **DOCUMENTS,
)
_news_on = PreparedList(
    lambda topic: open_to_all(_model("NewsPage").filter(topics=topic)).order_by("-date", "-pk")[:3], date="date"
)
_topics_for = PreparedList(
    lambda audience: open_to_all(_model("TopicPage").filter(audiences=audience)).order_by("path")
)
_documents_for = PreparedList(
    lambda audience: open_to_all(_model("DocumentPage").filter(audiences=audience, superseded_by=None)).order_by(
        _newest
    )[:5],
    **DOCUMENTS,
)
_events_for = PreparedList(
    lambda audience, now, language: _pages_of_events(now, language, audiences=audience), **EVENTS
)
_events = PreparedList(_pages_of_events, **EVENTS)
_latest_news = PreparedList(
    lambda language: open_to_all(_model("NewsPage").filter(locale__language_code=language)).order_by("-date", "-pk")[
        :_MOST
    ],
    date="date",
)
_young_made = PreparedList(
    lambda language: open_to_all(
        _model("ResourcePage").filter(locale__language_code=language).exclude(young_advisors_credit="")
    ).order_by(F("young_advisors_date").desc(nulls_last=True))[:_MOST],
    kind="kind",
)
_resources_below = PreparedList(
    lambda first, last, depth: open_to_all(
        _model("ResourcePage").filter(path__gte=first, path__lte=last, depth=depth)
    ).order_by("path")[: MOST_GUIDES + 1],
    kind="kind",
    path="path",
)
_topics_beside = PreparedList(
    lambda first, last, depth: open_to_all(
        _model("TopicPage").filter(path__gte=first, path__lte=last, depth=depth)
    ).order_by("path")
)
