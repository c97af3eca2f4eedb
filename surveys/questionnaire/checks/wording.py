"""Whether the youngest who are asked can read a question, and do not lose its thread."""

from collections.abc import Iterator

from ...years import LAST_PRIMARY
from ..reading import Block, Document
from .problem import Problem, at, look
from .readability import hardest_words, school_year_of, words_of

LEEWAY = 3.0
"""School years that the formula may be off on a text as short as a question."""
FEWEST_WORDS = 6
"""Below this many words the formula says nothing."""
MOST_WORDS = {True: 18, False: 26}
"""Words of a question: in a primary school, and later. Two lines on a phone."""
MOST_OPTION_WORDS = 10


def problems(document: Document) -> Iterator[Problem]:
    """Each question and its help, judged for the youngest year group that is asked it."""
    for section in document["sections"]:
        for question in section["questions"]:
            youngest = min(question["years"] or section["years"] or document["years"] or [7])
            yield from _of_question(question, youngest)


def _of_question(question: Block, youngest: int) -> Iterator[Problem]:
    for name, text in (("question", question["text"]), ("help", question["help"])):
        english = text.get("en", "")
        words = words_of(english)
        level = school_year_of(english)
        if len(words) >= FEWEST_WORDS and level > youngest + LEEWAY:
            hard = hardest_words(english)
            advice = f"Try easier words for {' and '.join(hard)}." if hard else "Try two shorter sentences."
            yield look(
                at(question),
                f"Its {name} reads like Year {round(level)}, and Year {youngest} is asked it. {advice}",
            )
        limit = MOST_WORDS[youngest <= LAST_PRIMARY] + (8 if name == "help" else 0)
        if len(words) > limit:
            yield look(at(question), f"Its {name} has {len(words)} words; {limit} are enough for Year {youngest}.")
    for option in question["options"]:
        if len(words_of(option["text"]["en"])) > MOST_OPTION_WORDS:
            yield look(at(question), f"The option “{option['text']['en']}” is long. Ten words are enough.")
