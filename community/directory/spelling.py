"""What a mistyped word was probably meant to be, from the words of the listings."""

from difflib import SequenceMatcher, get_close_matches

from django.db import connection

from .models import DirectoryWord

SHORTEST = 4
ENOUGH = 0.72
"""Share of letters in order that two spellings must have in common: "footbal" and "football" have 0.93."""
_CANDIDATES = 10
_NEAREST = """SELECT word FROM community_directoryword WHERE word %% %s
ORDER BY similarity(word, %s) DESC, word LIMIT %s"""


def nearest(word: str) -> str | None:
    """The known word that is most like this one; None where nothing is near enough."""
    if len(word) < SHORTEST or not word.isalpha():
        return None
    scored = [(SequenceMatcher(None, word, other).ratio(), other) for other in _candidates(word)]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= ENOUGH else None


def _candidates(word: str) -> list[str]:
    """A few known words that are like it: by trigrams on PostgreSQL, by looking at words of about its length elsewhere."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_NEAREST, [word, word, _CANDIDATES])
            return [row[0] for row in cursor.fetchall()]
    known = DirectoryWord.objects.values_list("word", flat=True)
    alike = [other for other in known if abs(len(other) - len(word)) <= 2]
    return get_close_matches(word, alike, n=_CANDIDATES, cutoff=ENOUGH)
