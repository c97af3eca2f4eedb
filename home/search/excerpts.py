"""The few words of a text around what was asked for, with those words marked. Everything is escaped."""

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .words import Term, stem

LENGTH = 200
_BEFORE = 60


def excerpt(*, summary: str, text: str, terms: Sequence[Term]) -> SafeString:
    """The summary if it has one of the words or the text has none; else a passage round the first of them."""
    stems = stems_of(terms)
    if not stems or not text or _first(summary.lower(), stems) is not None:
        return marked(summary or _cut(text, 0), stems)
    at = _first(text.lower(), stems)
    if at is None:
        return marked(summary or _cut(text, 0), stems)
    return marked(_cut(text, at), stems)


def stems_of(terms: Sequence[Term]) -> tuple[str, ...]:
    """Beginnings of the words to mark, and whole phrases; those that mean the same included, the longest first."""
    found = {
        stem(words[0]) if len(words) == 1 else " ".join(words) for term in terms for words in (term.words, *term.same)
    }
    return tuple(sorted((part for part in found if len(part) > 1), key=len, reverse=True))


def marked(text: str, stems: Sequence[str]) -> SafeString:
    """`text` escaped, with `<mark>` round each word that begins like one of the stems."""
    if not stems:
        return mark_safe(escape(text))  # noqa: S308  (escaped on the spot)
    pieces = re.split(rf"(\b(?:{'|'.join(_pattern(part) for part in stems)}))", text, flags=re.IGNORECASE)
    return mark_safe(  # noqa: S308  (each piece is escaped)
        "".join(f"<mark>{escape(piece)}</mark>" if at % 2 else escape(piece) for at, piece in enumerate(pieces))
    )


def _pattern(part: str) -> str:
    # Short stems are whole words: "da" must not mark "day".
    return r"\W+".join(re.escape(word) for word in part.split()) + (r"\w*" if len(part) > 3 else r"\b")


def _first(folded: str, stems: Sequence[str]) -> int | None:
    """Where the first word begins that starts with one of the stems; finding a string is far cheaper than a pattern."""
    best: int | None = None
    for part in stems:
        at = folded.find(part)
        while at > 0 and folded[at - 1].isalnum():
            at = folded.find(part, at + 1)
        if at >= 0 and (best is None or at < best):
            best = at
    return best


def _cut(text: str, at: int) -> str:
    """About `LENGTH` characters round `at`, cut between words."""
    start = max(0, at - _BEFORE)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else at
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", at, end)
        end = space if space > at else end
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
