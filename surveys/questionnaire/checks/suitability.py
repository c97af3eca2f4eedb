"""Whether each year group should be asked this, and has the time for it."""

from collections.abc import Iterator, Mapping

from ..approved import approved_questions
from ..enums import QuestionKind
from ..reading import Block, Document, questions_for
from .problem import Problem, at, look, stop
from .readability import words_of

LESSON_MINUTES = 40
AROUND_MINUTES = 10
"""For the introduction, the code, and the quiet activity at the end."""

WORDS_A_MINUTE = {4: 110, 5: 130, 6: 140, 7: 150, 8: 160, 9: 170}
"""Reading speed by year group; older pupils read at the last. After Hasbrouck and Tindal, "An update to compiled ORF
norms", Behavioral Research and Teaching, University of Oregon, 2017 (medians of reading aloud)."""
FASTEST, SLOWEST = 180, 90
SECONDS_TO_ANSWER = {True: 10, False: 7}
"""To choose and go on, for each thing asked: in a primary school, and later. Our own estimate."""


def problems(document: Document, youngest_years: Mapping[str, int]) -> Iterator[Problem]:
    """Sensitive questions for a year group too young, and year groups with too much to answer in a lesson.

    youngest_years: question code -> the youngest year group that its maker says may be asked it.
    """
    for section in document["sections"]:
        for question in section["questions"]:
            asked = question["years"] or section["years"] or document["years"]
            yield from _too_young(question, min(asked, default=99), youngest_years.get(question["code"], 0))
    budget = LESSON_MINUTES - AROUND_MINUTES
    for year in document["years"]:
        minutes = minutes_for(document, year)
        if minutes > budget:
            yield stop(
                "",
                f"Year {year} would need about {round(minutes)} minutes; a lesson leaves {budget}. Take questions "
                "away, or ask some of other years only.",
            )


def minutes_for(document: Document, year_group: int) -> float:
    """How long a pupil of this year group needs if every question comes up, in minutes."""
    speed = WORDS_A_MINUTE.get(year_group, SLOWEST if year_group < 4 else FASTEST)
    pause = SECONDS_TO_ANSWER[document["phase"] == "primary"]
    words = things = 0
    for question in questions_for(document, year_group):
        rows = len(question["rows"]) if question["kind"] == QuestionKind.GRID else 1
        things += rows
        words += _words(question["text"]) + _words(question["help"])
        words += sum(_words(option["text"]) for option in question["options"])
        words += sum(_words(row["text"]) for row in question["rows"])
    return words / speed + things * pause / 60


def _words(text: dict[str, str]) -> int:
    return len(words_of(text.get("en", "")))


def _too_young(question: Block, youngest_asked: int, allowed_from: int) -> Iterator[Problem]:
    where = at(question)
    if question["demographic"]:
        allowed_from = max(allowed_from, approved_questions()[question["demographic"]].get("minimum_year", 0))
    if youngest_asked < allowed_from:
        yield stop(
            where,
            f"Year {youngest_asked} is asked it, and it is meant for Year {allowed_from} and older. Change its years.",
        )
    elif question["sensitive"] and not allowed_from:
        yield look(where, "It is sensitive: say from which year group it may be asked.")
