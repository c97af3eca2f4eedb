"""The pages of a questionnaire one after another, as the page's script draws them and as the step pages serve them.

Pure: a document, a year group, answers. Every route has the same kinds of pages, so that nobody can tell from a distance
what somebody answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..questionnaire.enums import QuestionKind
from ..questionnaire.reading import Block, Document, asked_questions, sections_for

Kind = Literal["start", "part", "question", "help", "send"]


@dataclass(frozen=True)
class Step:
    """One page."""

    kind: Kind
    part: int = 0
    """Which section, counted from nought."""
    section: Block | None = None
    question: Block | None = None
    row: Block | None = None
    """The row of a grid, which is asked as a page of its own."""


def steps_for(document: Document, year_group: int) -> list[Step]:
    """Every page that a pupil of this year group might see. A sensitive part opens with a way round it and ends with
    the help card, which everybody sees, also who left the part out."""
    steps = [Step("start")]
    for part, section in enumerate(sections_for(document, year_group)):
        if section["intro"] or section["sensitive"]:
            steps.append(Step("part", part, section))
        for question in section["questions"]:
            rows = question["rows"] if question["kind"] == QuestionKind.GRID else [None]
            steps.extend(Step("question", part, section, question, row) for row in rows)
        if section["sensitive"]:
            steps.append(Step("help", part, section))
    return [*steps, Step("send", max(part_count(document, year_group) - 1, 0))]


def part_count(document: Document, year_group: int) -> int:
    """How many parts this year group sees."""
    return len(sections_for(document, year_group))


@dataclass(frozen=True)
class Way:
    """A pupil's way through the steps: what was answered, and which parts were left out."""

    document: Document
    year_group: int
    answers: Mapping[str, Any]
    left_out: frozenset[str] = frozenset()

    def steps(self) -> list[Step]:
        """The steps of this questionnaire, asked or not."""
        return steps_for(self.document, self.year_group)

    def is_on_it(self, step: Step) -> bool:
        """Whether this pupil comes past this step."""
        if step.question is None or step.section is None:
            return True
        return step.section["key"] not in self.left_out and step.question["code"] in self._asked()

    def after(self, position: int) -> int:
        """The place of the next step on the way."""
        steps = self.steps()
        return next((at for at in range(position + 1, len(steps)) if self.is_on_it(steps[at])), len(steps) - 1)

    def before(self, position: int) -> int:
        """The place of the step before."""
        steps = self.steps()
        return next((at for at in range(position - 1, -1, -1) if self.is_on_it(steps[at])), 0)

    def sendable(self) -> dict[str, Any]:
        """The answers that are still asked for: a change of mind takes what it routed past with it."""
        asked = self._asked()
        return {code: value for code, value in self.answers.items() if code in asked and value is not None}

    def _asked(self) -> set[str]:
        hidden = {
            question["code"]
            for section in sections_for(self.document, self.year_group)
            if section["key"] in self.left_out
            for question in section["questions"]
        }
        kept = {code: value for code, value in self.answers.items() if code not in hidden}
        return {question["code"] for question in asked_questions(self.document, self.year_group, kept)} - hidden
