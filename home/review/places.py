"""The places of a draft that one can point at, and how hard its words are to read."""

import re
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from foundation.registries.advisors import DraftPlace as Place

LONGEST_LABEL = 110
FEWEST_WORDS = 30
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z0-9'’-]+")


def places_of(page: Any) -> list[Place]:
    """The whole page, then the title, the summary and every block of the body, in the order of the page. Their keys are
    "page", "title", "summary" and the ids of the blocks."""
    places = [
        Place("page", _("The whole page"), ""),
        Place("title", _("Title"), page.title),
    ]
    if getattr(page, "summary", ""):
        places.append(Place("summary", _("Short text under the title"), page.summary))
    for child in getattr(page, "body", None) or []:
        text = " ".join(_texts(child)).strip()
        name = str(child.block.label or child.block_type)
        start = Truncator(text).words(8)
        label = f"{name}: {start}" if start else name
        places.append(Place(str(child.id), label[:LONGEST_LABEL], text))
    return places


def place_of(page: Any, key: str) -> Place | None:
    """The place with this key; None once its block is gone."""
    return next((place for place in places_of(page) if place.key == key), None)


def reading_age(page: Any) -> int | None:
    """About the youngest age that reads a page with ease; None where there is too little text, or it is not English."""
    return age_of([place.text for place in places_of(page)]) if page.locale.language_code == "en" else None


def age_of(texts: list[str]) -> int | None:
    """About the youngest age that reads these English words with ease (Automated Readability Index: its school year + 5);
    None where they are too few."""
    text = ". ".join(part for part in texts if part)
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    index = 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / sentences - 21.43
    return max(5, min(20, round(index) + 5))


def _texts(child: Any) -> list[str]:
    found = [strip_tags(str(part)) for part in child.block.get_searchable_content(child.value)]
    return [" ".join(part.split()) for part in found if part.strip()]
