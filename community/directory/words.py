"""Words of listings and of searches: how they are cut and compared. Pure Python."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 40
SHORTEST_BEGINNING = 3
"""A word of fewer letters must be met exactly; from here on its beginning is enough."""

_WORD = re.compile(r"[^\W_](?:[\w\u064b-\u0652\u0900-\u0dff])*")
_POSSESSIVE = re.compile(r"['’‘ʼ]s\b", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘ʼʻ`]")
_ACCENTS = re.compile(r"[\u0300-\u036f]")

SMALL_WORDS = frozenset(
    [
        "a",
        "about",
        "all",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "does",
        "find",
        "for",
        "from",
        "have",
        "i",
        "in",
        "is",
        "it",
        "kid",
        "kids",
        "me",
        "my",
        "near",
        "need",
        "of",
        "on",
        "or",
        "our",
        "the",
        "their",
        "there",
        "to",
        "want",
        "we",
        "what",
        "where",
        "who",
        "with",
        "you",
        "your",
    ]
)


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes: "Qur'an" and "QURAN" are one word."""
    bare = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare.casefold()))
    return unicodedata.normalize("NFC", plain)


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


def meaningful(words: Iterable[str]) -> list[str]:
    """Each word once, without those that say nothing; if nothing else was typed they stay."""
    found = list(dict.fromkeys(words))
    return [word for word in found if word not in SMALL_WORDS] or found


def beginning(word: str) -> str:
    """What a word must begin with to be its relative: "drums" and "drumming" both begin with "drum"."""
    for ending, least in (("ies", 4), ("ing", 5), ("es", 5), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            start = word[: -len(ending)]
            return start[:-1] if ending == "ing" and start[-1] == start[-2] else start
    return word
