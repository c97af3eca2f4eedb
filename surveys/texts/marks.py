"""Marks of a machine for a human: what in a text could name a child or ask for help. Nothing is decided by them.

Own regular expressions, no model: in a trial such expressions found 58 of 100 planted details, so a text
without marks is read as carefully as one with many.
"""

import itertools
import re
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """Why a place is marked, in words for the moderator."""

    HARM = "may be about harm"
    NAME = "may be a name"
    PHONE = "may be a phone number"
    EMAIL = "may be an e-mail address"
    HANDLE = "may be an account name"
    POSTCODE = "may be a postcode"
    SCHOOL = "may name a school or class"


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `marks` is empty for what nothing was seen in."""

    text: str
    marks: tuple[Mark, ...] = ()


_HARM_WORDS = """
suicid\\w* self[\\s-]?harm\\w* kill(?:ing)?\\s+(?:my|him|her)self want\\s+to\\s+die wanna\\s+die wish\\s+i\\s+(?:was|were)\\s+dead
end\\s+(?:my\\s+life|it\\s+all) (?:cut(?:ting)?|hurt(?:ing)?|burn(?:ing)?)\\s+my\\s*self overdos\\w* starv\\w* anorexi\\w* bulimi\\w*
abus\\w* rape[ds]? raping assault\\w* molest\\w* groom(?:ed|ing|s)? nudes? sext\\w* touch(?:es|ed|ing)?\\s+me
hit(?:s|ting)?\\s+me beat(?:s|en|ing)?\\s+me (?:slap|kick|punch|hurt)(?:s|ed|ing)?\\s+me scared\\s+(?:of|to\\s+go)\\s+(?:my|home)
(?:he|she|they)\\s+hurts? kni(?:fe|ves) stab\\w* gangs? county\\s+lines forced\\s+(?:me|to)\\s+marry run(?:ning)?\\s+away
not\\s+safe don.?t\\s+feel\\s+safe unsafe locked\\s+(?:me\\s+)?in no\\s+food kms kys
"""
_CAPITAL = r"[A-Z\u00c0-\u00de][\w'\u2019-]+"
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (
        Mark.HARM,
        re.compile(r"\b(?:" + "|".join(_HARM_WORDS.split()) + r")\b", re.IGNORECASE),
    ),
    (
        Mark.NAME,
        re.compile(
            r"(?i:\b(?:my\s+name\s+is|my\s+name.?s|i\s?.?a?m\s+called|they\s+call\s+me|call\s+me|(?:he|she)\s+is\s+called|"
            r"(?:his|her|their)\s+name\s+is|love\s+from|signed))\s+[\w'\u2019-]+(?:\s+" + _CAPITAL + ")?"
        ),
    ),
    (
        Mark.NAME,
        re.compile(
            r"\b(?i:mr|mrs|ms|miss|mx|sir|dr|prof|auntie|aunty|aunt|uncle|coach|pastor|imam|father|sister)\b\.?\s+"
            + _CAPITAL
        ),
    ),
    (Mark.NAME, re.compile(r"(?<![.!?\n\u201c\"] )(?<!^)(?<=[a-z,;] )" + _CAPITAL + r"(?:\s+" + _CAPITAL + ")*")),
    (Mark.PHONE, re.compile(r"(?<![\w])(?:\+|00)?\d(?:[\s().-]?\d){8,14}(?!\w)")),
    # 64 letters before the sign are the most that an address has; without an end it would look at the rest from each letter.
    (Mark.EMAIL, re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)),
    (Mark.HANDLE, re.compile(r"(?<![\w.])@[\w.]{2,30}")),
    (
        Mark.HANDLE,
        re.compile(
            r"\b(?:snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|discord|roblox|xbox|psn|username|user\s+name|gamertag)\b"
            r"(?:\s+(?:is|name|me|me\s+on))*\s*[:=-]?\s*[\w.#-]{3,30}",
            re.IGNORECASE,
        ),
    ),
    (Mark.POSTCODE, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)),
    (
        Mark.SCHOOL,
        re.compile(
            r"\b(?:(?:"
            + _CAPITAL
            + r"\s+){1,4}(?i:school|academy|college|primary|secondary|nursery)|(?i:year|class|form|tutor\s+group|house)\s+"
            r"\d{1,2}\s?[a-zA-Z]?\b|\d{1,2}[A-Z]{1,2}\b)"
        ),
    ),
)


def spans_of(text: str) -> list[tuple[int, int, Mark]]:
    """(start, end, why) of everything that is marked, in the order of the text; places may overlap."""
    found = [(seen.start(), seen.end(), mark) for mark, pattern in _PATTERNS for seen in pattern.finditer(text)]
    return sorted(found, key=lambda one: (one[0], one[1]))


def marks_in(text: str) -> list[Mark]:
    """Each kind of mark once, harm first."""
    seen = {mark for _start, _end, mark in spans_of(text)}
    return [mark for mark in Mark if mark in seen]


def pieces_of(text: str) -> list[Piece]:
    """The text cut where marks begin and end; joined again it is the text."""
    spans = spans_of(text)
    edges = sorted({0, len(text), *(edge for start, end, _mark in spans for edge in (start, end))})
    pieces: list[Piece] = []
    for start, end in itertools.pairwise(edges):
        marks = tuple(mark for mark in Mark if any(s <= start and end <= e and m == mark for s, e, m in spans))
        if pieces and pieces[-1].marks == marks:
            pieces[-1] = Piece(pieces[-1].text + text[start:end], marks)
        else:
            pieces.append(Piece(text[start:end], marks))
    return pieces
