"""Words that mean the same: those of the field (synonyms.yaml), and those that staff add to the pick-lists."""

from functools import cache as once
from pathlib import Path

import yaml
from django.core.cache import cache

from ..register.models import ListEntry
from .words import words_of

Phrase = tuple[str, ...]
Synonyms = dict[Phrase, tuple[Phrase, ...]]
LONGEST_PHRASE = 4

_FILE = Path(__file__).parent / "synonyms.yaml"
_KEY = "community-synonyms"


def synonyms() -> Synonyms:
    """For each word or phrase the others that mean the same. Kept until somebody changes a pick-list."""
    known: Synonyms | None = cache.get(_KEY)
    if known is None:
        known = _gather()
        cache.set(_KEY, known, 300)
    return known


def forget_synonyms() -> None:
    """Read them anew at the next search."""
    cache.delete(_KEY)


@once
def _of_the_field() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(phrase) for phrase in group) for group in yaml.safe_load(_FILE.read_text("utf-8")))


def _gather() -> Synonyms:
    groups = [list(group) for group in _of_the_field()]
    groups += [
        [label, *same_as.split(",")]
        for label, same_as in ListEntry.objects.exclude(same_as="").values_list("label", "same_as")
    ]
    known: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups:
        phrases = [phrase for text in group if (phrase := tuple(words_of(text)))]
        for phrase in phrases:
            same = known.setdefault(phrase, {})
            same.update({other: None for other in phrases if other != phrase})
    return {phrase: tuple(same) for phrase, same in known.items() if same}
