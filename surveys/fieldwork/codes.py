"""Class codes: three words and two digits that a class reads off the wall, such as badger-lemon-river-42.

1,024 words and two digits make 36 bits; a code lives for two hours, and wrong ones are slowed (`answering`).
"""

import re
import secrets
import unicodedata
from pathlib import Path

WORDS: tuple[str, ...] = tuple(Path(__file__).with_name("words.txt").read_text(encoding="ascii").split())
"""1,024 plain words of four to nine letters, any two of them at least two letters apart; no homophones, no numbers,
nothing rude or frightening, no members of a family."""

WORDS_IN_A_CODE = 3
LONGEST_TYPED = 80
"""Characters that are looked at; more than any code needs."""
FARTHEST_MENDED = 2
"""How many wrong, missing, added or swapped letters in one word are mended."""
_KNOWN = frozenset(WORDS)
_LONGEST_WORD = max(len(word) for word in WORDS)


def new_code() -> str:
    """A code at random. Whether it is free, the database says (`ClassSession.code` is unique)."""
    words = [secrets.choice(WORDS) for _ in range(WORDS_IN_A_CODE)]
    return "-".join([*words, f"{secrets.randbelow(100):02d}"])


def normalise(typed: str) -> str:
    """What was typed as "word-word-word-12": small letters, one dash, whatever stood between the words.

    Words that were run together are parted where that can be done in one way only. What is no code comes back as some
    text that no code is equal to.
    """
    plain = unicodedata.normalize("NFKD", typed[:LONGEST_TYPED]).casefold()
    plain = "".join(_plain_digit(letter) for letter in plain if not unicodedata.combining(letter))
    parts = re.findall(r"[a-z]+|[0-9]+", plain)
    letters = [part for part in parts if part.isalpha()]
    if len(letters) < WORDS_IN_A_CODE:
        letters = _parted("".join(letters)) or letters
    return "-".join([*letters, "".join(part for part in parts if part.isdigit())]).rstrip("-")


def mend(typed: str) -> str | None:
    """The code that was most likely meant: each word replaced by the nearest of the list. None where that is unclear.

    It looks at the list of words alone, never at what is live, so nobody can feel their way towards a live code.
    """
    parts = normalise(typed).split("-")
    if len(parts) != WORDS_IN_A_CODE + 1 or not re.fullmatch(r"[0-9]{2}", parts[-1]):
        return None
    words = [word if word in _KNOWN else _nearest(word) for word in parts[:-1]]
    return "-".join([*words, parts[-1]]) if all(words) else None


def _plain_digit(letter: str) -> str:
    """Digits of other scripts become ours: an Arabic keyboard types ٤٢."""
    return str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter


def _parted(run: str) -> list[str] | None:
    """Three words that were run together, if there is exactly one way to part them."""
    if len(run) > WORDS_IN_A_CODE * _LONGEST_WORD:
        return None
    ways = [
        [run[:first], run[first:second], run[second:]]
        for first in range(1, len(run) - 1)
        if run[:first] in _KNOWN
        for second in range(first + 1, len(run))
        if run[first:second] in _KNOWN and run[second:] in _KNOWN
    ]
    return ways[0] if len(ways) == 1 else None


def _nearest(word: str) -> str:
    """The one word of the list that is nearest; empty where two are equally near or none is near enough."""
    if len(word) > _LONGEST_WORD + FARTHEST_MENDED:
        return ""
    near: dict[int, list[str]] = {}
    letters = set(word)
    for known in WORDS:
        # One wrong letter is at most two letters that only one of the words has: this leaves few words to measure.
        if abs(len(known) - len(word)) <= FARTHEST_MENDED and len(letters ^ set(known)) <= 2 * FARTHEST_MENDED:
            near.setdefault(_letters_between(word, known), []).append(known)
    closest = min(near, default=FARTHEST_MENDED + 1)
    return near[closest][0] if closest <= FARTHEST_MENDED and len(near[closest]) == 1 else ""


def _letters_between(one: str, other: str) -> int:
    """How many letters must be changed, added, left out or swapped with their neighbour to make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]
