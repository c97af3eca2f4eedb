"""Waves and questions with public results, for the site's search and for search engines."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.cache.kept import Kept
from foundation.registries.search import SearchHit
from foundation.registries.sitemaps import SitemapEntry

from .presenting import question_text
from .selectors import released, topics_of

_MUCH = 3
"""Words of fewer letters are no reason to show a question."""


@dataclass(frozen=True)
class _Findable:
    """A page of results: its words in small letters beside what a reader sees."""

    title: str
    summary: str
    words: str
    name: str
    arguments: tuple[str, ...]
    released_on: date | None


_findable: Kept[list[_Findable]] = Kept(entries=8)


def find_results(words: str, limit: int) -> list[SearchHit]:
    """Waves and questions that have every word (of three letters and more), the newest wave first."""
    wanted = [word for word in words.casefold()[:100].split() if len(word) >= _MUCH]
    if not wanted:
        return []
    language = get_language() or settings.LANGUAGE_CODE
    hits = []
    for one in _findable.of(language, _pages):
        if all(word in one.words for word in wanted):
            url = reverse(f"surveys:{one.name}", args=one.arguments)
            hits.append(SearchHit(one.title, url, one.summary, kind=_("Survey results"), changed_on=one.released_on))
            if len(hits) == limit:
                break
    return hits


def public_addresses() -> list[SitemapEntry]:
    """Every public page of results, in the site's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        entries = [SitemapEntry(reverse("surveys:results"))]
        for release in released():
            changed = _at(release.released_on)
            wave = [release.wave.survey.key, release.wave.slug]
            for name in ("results_wave", "results_for_adults", "results_open_data"):
                entries.append(SitemapEntry(reverse(f"surveys:{name}", args=wave), changed))
            for topic in topics_of(release):
                entries.append(SitemapEntry(reverse("surveys:results_topic", args=[*wave, topic.key]), changed))
            for code in _questions(release.structure["items"]):
                entries.append(SitemapEntry(reverse("surveys:results_question", args=[*wave, code]), changed))
        return entries


def _pages() -> list[_Findable]:
    pages = []
    for release in released():
        where = (release.wave.survey.key, release.wave.slug)
        title = release.wave.full_name_here
        summary = _("What children told us in this survey.")
        pages.append(
            _Findable(title, summary, f"{title} {summary}".casefold(), "results_wave", where, release.released_on)
        )
        for code, item in _questions(release.structure["items"]).items():
            asked = question_text(item | {"row": None})
            pages.append(
                _Findable(
                    asked, title, f"{asked} {title}".casefold(), "results_question", (*where, code), release.released_on
                )
            )
    return pages


def _questions(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Code -> its first item, in the order in which they were asked."""
    first: dict[str, dict[str, Any]] = {}
    for item in items:
        first.setdefault(item["code"], item)
    return first


def _at(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
