"""How hard a sentence is to read: the Flesch–Kincaid grade, as a school year of England.

Source: Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas", US Navy Research Branch Report
8-75, 1975: grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59. An American grade is one below the
English school year. The formula was made for longer texts: on one question it is a hint, never a verdict. Syllables are
counted by groups of vowels, which is right for about nine English words in ten.
"""

import re

SENTENCES = re.compile(r"[.!?:]+(?:\s|$)")
WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d+")
VOWELS = re.compile(r"[aeiouy]+")


def words_of(text: str) -> list[str]:
    """The words of an English text."""
    return WORDS.findall(text)


def school_year_of(text: str) -> float:
    """The English school year in which most pupils read this easily (4.0: Year 4). 0.0 for an empty text."""
    words = words_of(text)
    if not words:
        return 0.0
    sentences = max(1, len([part for part in SENTENCES.split(text) if part.strip()]))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables_of, words)) / len(words) - 15.59
    return max(0.0, grade + 1)


def syllables_of(word: str) -> int:
    """How many syllables an English word has, near enough; a number counts as two."""
    plain = word.lower()
    if plain.isdigit():
        return 2
    count = len(VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee", "ye")) and count > 1:
        count -= 1
    if plain.endswith("ed") and not plain.endswith(("ted", "ded")) and count > 1:
        count -= 1
    return max(1, count)


def hardest_words(text: str, most: int = 2) -> list[str]:
    """The words with the most syllables (three or more), the hardest first."""
    hard = {word for word in words_of(text) if syllables_of(word) >= 3}
    return sorted(hard, key=lambda word: (-syllables_of(word), word.lower()))[:most]
