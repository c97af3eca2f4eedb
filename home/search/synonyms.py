"""Words that mean the same: those of the field (synonyms.yaml), the glossary's short forms, and what editors add."""

from collections.abc import Iterator
from functools import cache as once
from pathlib import Path

import yaml
from django.core.cache import cache

from home.models import GlossaryTerm

from .models import Synonym
from .words import tokens

Words = tuple[str, ...]
Synonyms = dict[Words, tuple[Words, ...]]

_FILE = Path(__file__).parent / "synonyms.yaml"
_KEY = "search-synonyms"
_SECONDS = 300


def synonyms() -> Synonyms:
    """For each word or phrase, the others that mean the same. Read once, then kept until an editor changes one."""
    known: Synonyms | None = cache.get(_KEY)
    if known is None:
        known = _read()
        cache.set(_KEY, known, _SECONDS)
    return known


def forget_synonyms() -> None:
    """Read them anew at the next search."""
    cache.delete(_KEY)


def all_words() -> Iterator[str]:
    """Every word and phrase of the field's list, for the vocabulary."""
    return (phrase for group in _of_the_field() for phrase in group)


@once
def _of_the_field() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(phrase) for phrase in group) for group in yaml.safe_load(_FILE.read_text("utf-8")))


def _read() -> Synonyms:
    groups = [list(group) for group in _of_the_field()]
    groups += [
        [term, abbreviation]
        for term, abbreviation in GlossaryTerm.objects.exclude(abbreviation="").values_list("term", "abbreviation")
    ]
    groups += [words.split(",") for words in Synonym.objects.values_list("words", flat=True)]
    known: dict[Words, dict[Words, None]] = {}
    for group in groups:
        phrases = [words for phrase in group if (words := tuple(tokens(phrase)))]
        for phrase in phrases:
            same = known.setdefault(phrase, {})
            same.update({other: None for other in phrases if other != phrase})
    return {phrase: tuple(same) for phrase, same in known.items() if same}
