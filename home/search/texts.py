"""What a page or a file says, as plain text: the words that search reads."""

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from foundation.partnership.models import Helpline, Partner
from home.models import (
    AudiencePage,
    DocumentPage,
    EventPage,
    GlossaryPage,
    GlossaryTerm,
    HelplinesPage,
    NewsPage,
    PartnershipPage,
    ResourcePage,
    SubgroupPage,
    TopicPage,
    WorriedPage,
    WorriedRoutePage,
)

from .kinds import WEIGHTS, Kind

MAX_TEXT = 200_000

_HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")
_TITLES = ("title", "question", "heading")
_REPLACED = 0.4
"""A document that a newer one replaced comes far below it."""


@dataclass
class Facts:
    """What an entry shows and is filtered by."""

    kind: str = Kind.PAGE
    date: datetime.date | None = None
    shows_date: bool = False
    audiences: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    weight: float = 1.0
    is_replaced: bool = False


def facts_of(page: Page) -> Facts:
    """The kind, date and labels of a page of any type."""
    facts = Facts(audiences=_slugs(page, "audiences"), topics=_slugs(page, "topics"))
    match page:
        case DocumentPage():
            facts.kind, facts.date, facts.shows_date = page.kind, page.published_on, True
        case ResourcePage():
            facts.kind, facts.date = page.kind, page.reviewed_on
        case NewsPage():
            facts.kind, facts.date, facts.shows_date = Kind.NEWS, page.date, True
        case EventPage():
            starts = page.starts_at
            facts.kind, facts.date, facts.shows_date = Kind.EVENT, starts and timezone.localdate(starts), True
        case TopicPage():
            facts.kind = Kind.TOPIC
            facts.topics = list(dict.fromkeys([*facts.topics, *([page.topic.slug] if page.topic else [])]))
        case AudiencePage():
            facts.audiences = [page.audience.slug] if page.audience else []
        case WorriedPage() | WorriedRoutePage() | HelplinesPage():
            facts.kind = Kind.HELP
    if facts.date is None:
        facts.shows_date = False
        # A document without a date comes last among the newest: the day we checked its page says nothing about it.
        if not isinstance(page, DocumentPage):
            published = page.last_published_at or page.first_published_at
            facts.date = getattr(page, "reviewed_on", None) or (timezone.localdate(published) if published else None)
    facts.weight = WEIGHTS.get(facts.kind, 1.0)
    if getattr(page, "superseded_by_id", None):
        facts.is_replaced = True
        facts.weight *= _REPLACED
    return facts


def text_of(page: Page) -> str:
    """All that a page says beside its title and summary, and what its files say."""
    parts = [part for name in _body_fields(page) for part in _searchable(page, name)]
    parts += _extra(page)
    return _clean(" ".join(_ended(part) for part in parts))[:MAX_TEXT]


def headings_of(page: Page) -> str:
    """The headings, questions and titles inside a page's body."""
    found: list[str] = []
    for name in _body_fields(page):
        value = getattr(page, name)
        found += _headings(value if isinstance(value, str) else value.get_prep_value())
    return _clean(" ".join(found))[:4_000]


def _slugs(page: Page, name: str) -> list[str]:
    related = getattr(page, name, None)
    return [item.slug for item in related.all()] if related is not None else []


def _body_fields(page: Page) -> list[str]:
    return [f.name for f in page._meta.get_fields() if isinstance(f, StreamField | RichTextField)]


def _searchable(page: Page, name: str) -> list[str]:
    value = getattr(page, name)
    if isinstance(value, str):
        return [get_text_for_indexing(value)]
    return [str(part) for part in value.stream_block.get_searchable_content(value)]


def _headings(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if key in _TITLES:
            yield value
        elif "<h" in value:
            yield from _HEADING.findall(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _headings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _headings(inner, key)


def _extra(page: Page) -> list[str]:
    """What a page shows that is not its own text: records of the partnership, and the text of its files."""
    extra: list[str] = []
    match page:
        case DocumentPage():
            extra = [f"{item.title} {item.document.extracted_text}" for item in page.files.select_related("document")]
        case GlossaryPage():
            terms = GlossaryTerm.objects.filter(locale=page.locale_id)
            extra = [f"{term.term} {term.abbreviation} {term.meaning}" for term in terms]
        case HelplinesPage():
            extra = [f"{line.name} {line.description}" for line in Helpline.objects.filter(locale=page.locale_id)]
        case PartnershipPage():
            extra = [f"{partner.name} {partner.summary}" for partner in Partner.objects.all()]
        case SubgroupPage():
            extra = [page.subgroup.name, page.subgroup.purpose] if page.subgroup else []
        case EventPage():
            extra = [page.place]
    return extra


def _ended(part: str) -> str:
    """A label or a heading becomes a sentence, so that an excerpt over two blocks still reads."""
    part = part.strip()
    return f"{part}." if part and part[-1].isalnum() else part


def _clean(text: str) -> str:
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", text)).replace("\x00", " ")).strip()
