"""Words of a query and of a text: how they are cut, which say nothing, and what they share with their relatives."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

MAX_TERMS = 12

# Letters, digits and the marks that other scripts write vowels with; apostrophes and hyphens stay out, so that
# "child's" is "child" and "s", as both databases see it.
_TOKEN = re.compile(r"[^\W_](?:[\w\u0300-\u036f\u064b-\u0652\u0900-\u0dff])*")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_QUOTED = re.compile(r'["“”]([^"“”]+)["“”]')

# Small words of English that nearly every page has; they are left out where other words remain.
_SMALL = """
a about an and any are as at be been but by can could do does for from had has have he her his how i
if in is it its me my of on or our she should so than that the their them then there these they this
to us was we were what when where which who why will with would you your am im
"""
SMALL_WORDS = frozenset(_SMALL.split())

_ENDINGS = (
    "ations",
    "ation",
    "ements",
    "ement",
    "ingly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "ly",
    "er",
    "al",
    "s",
    "y",
    "e",
)


@dataclass(frozen=True)
class Term:
    """One thing asked for: a word (found by its beginning too) or a phrase, with others that mean the same."""

    words: tuple[str, ...]
    is_phrase: bool = False
    same: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        return " ".join(self.words)


def fold(text: str) -> str:
    """`text` in lower case with full-width and ligature forms made plain, as both sides of a comparison need it."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """The words of a text, folded."""
    return _TOKEN.findall(_POSSESSIVE.sub("", fold(text)))


def terms(query: str, same: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]] | None = None) -> list[Term]:
    """The things a query asks for.

    Quotation marks make a phrase; so do words that `same` (see `synonyms`) knows together, such as "section 47".
    Small words go unless nothing else was typed.
    """
    same = same or {}
    found = [
        Term(words, is_phrase=True, same=same.get(words, ()))
        for part in _QUOTED.findall(query)
        if len(words := tuple(tokens(part))) > 1
    ]
    rest = tokens(_QUOTED.sub(lambda match: " " if len(tokens(match[1])) > 1 else f" {match[1]} ", query))
    loose: list[Term] = []
    at = 0
    while at < len(rest):
        length = next((n for n in range(min(6, len(rest) - at), 1, -1) if tuple(rest[at : at + n]) in same), 1)
        words = tuple(rest[at : at + length])
        loose.append(Term(words, is_phrase=length > 1, same=same.get(words, ())))
        at += length
    meaningful = [term for term in loose if term.is_phrase or term.words[0] not in SMALL_WORDS]
    return list(dict.fromkeys([*found, *(meaningful or ([] if found else loose))]))[:MAX_TERMS]


def stem(word: str) -> str:
    """The part that a word shares with its relatives, roughly; only marking and excerpts rely on it."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
