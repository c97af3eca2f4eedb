"""The words that this site uses, kept so that a slip of the finger can be told from a word."""

from collections import Counter
from collections.abc import Iterable, Iterator

from home.models import GlossaryTerm, Topic

from .models import Entry, Word
from .synonyms import all_words
from .urgent import URGENT
from .words import SMALL_WORDS, tokens

SHORTEST, LONGEST = 3, 40


def learn(*, texts: Iterable[str] = (), everything: bool = False) -> None:
    """Add the words of `texts`; with `everything`, forget all and count those of the whole index anew."""
    if not everything:
        Word.objects.bulk_create([Word(word=word) for word in _words(texts)], ignore_conflicts=True)
        return
    counts: Counter[str] = Counter()
    for row in Entry.objects.values_list("title", "summary", "headings").iterator():
        counts.update(_words(row))
    for term in GlossaryTerm.objects.values_list("term", "abbreviation"):
        counts.update(_words(term))
    counts.update(_words(Topic.objects.values_list("name", flat=True)))
    counts.update(_words(standing_words()))
    Word.objects.all().delete()
    Word.objects.bulk_create([Word(word=word, uses=uses) for word, uses in counts.items()], batch_size=500)


def standing_words() -> Iterator[str]:
    """Words to know on every site, whatever its pages say: those of the synonyms, and those that may mean danger."""
    yield from all_words()
    for urgent in URGENT:
        yield from urgent.words


def _words(texts: Iterable[str]) -> set[str]:
    found = {word for text in texts for word in tokens(text)}
    return {
        word for word in found if SHORTEST <= len(word) <= LONGEST and word not in SMALL_WORDS and not word.isdigit()
    }
