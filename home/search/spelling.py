"""What a mistyped word was probably meant to be, from the words this site uses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from .engines import engine
from .models import Word
from .words import Term

SHORTEST = 4
ENOUGH = 0.74
"""Share of letters in order that two spellings must have in common: "anual" and "annual" have 0.91."""
MAX_WORDS = 2
_CANDIDATES = 10


@dataclass(frozen=True)
class Correction:
    """The terms with the likely spelling, and how to show it."""

    terms: tuple[Term, ...]
    query: str


def corrected(terms: Sequence[Term]) -> Correction | None:
    """The terms with unknown words put right; None when every word is known or nothing is near."""
    asked = [term.words[0] for term in terms if _can_be_a_slip(term)]
    if not asked:
        return None
    halves = {half for word in asked for pair in _splits(word) for half in pair}
    known = set(Word.objects.filter(word__in={*asked, *halves}).values_list("word", flat=True))
    better: dict[str, tuple[str, ...]] = {}
    for word in [word for word in asked if word not in known][:MAX_WORDS]:
        if engine().has(word):
            continue  # Rare, but somewhere in a text: it is meant as typed.
        meant = _two_words(word, known) or _nearest(word)
        if meant:
            better[word] = meant
    if not better:
        return None
    new = [
        part
        for term in terms
        for part in (
            [Term((word,)) for word in better[term.words[0]]]
            if _can_be_a_slip(term) and term.words[0] in better
            else [term]
        )
    ]
    return Correction(
        tuple(new), " ".join(f'"{term}"' if term.is_phrase and not term.same else str(term) for term in new)
    )


def with_synonyms(correction: Correction, same: dict[tuple[str, ...], tuple[tuple[str, ...], ...]]) -> Correction:
    """The correction with the words that mean the same as the corrected ones."""
    return replace(
        correction, terms=tuple(replace(term, same=term.same or same.get(term.words, ())) for term in correction.terms)
    )


def _can_be_a_slip(term: Term) -> bool:
    return not term.is_phrase and not term.same and len(term.words[0]) >= SHORTEST and term.words[0].isalpha()


def _nearest(word: str) -> tuple[str, ...] | None:
    scored = [
        (SequenceMatcher(None, word, candidate).ratio(), alike, candidate)
        for candidate, alike in engine().near(word, _CANDIDATES)
    ]
    best = max(scored, default=None)
    return (best[2],) if best and best[0] >= ENOUGH else None


def _splits(word: str) -> list[tuple[str, str]]:
    return [(word[:at], word[at:]) for at in range(3, len(word) - 2)]


def _two_words(word: str, known: set[str]) -> tuple[str, ...] | None:
    """ "selfharm" was meant as two words when both halves are known."""
    return next((pair for pair in _splits(word) if pair[0] in known and pair[1] in known), None)
