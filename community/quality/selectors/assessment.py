"""Where a setting stands with the standard: what is asked, answered, to be looked at again, and planned."""

from dataclasses import dataclass, field
from datetime import date

from ...register.models import Setting
from ..applies import items_for
from ..models import Answer, ChecklistItem, SelfAssessment, StandardVersion


@dataclass(frozen=True)
class Question:
    """An item with its answer, as far as there is one."""

    item: ChecklistItem
    answer: Answer | None

    @property
    def is_done(self) -> bool:
        return self.answer is not None and not self.answer.needs_recheck

    @property
    def is_again(self) -> bool:
        """Answered once, and to be looked at again since something changed."""
        return self.answer is not None and self.answer.needs_recheck


@dataclass(frozen=True)
class AreaProgress:
    """One area of the standard."""

    code: str
    title: str
    questions: list[Question]

    @property
    def done(self) -> int:
        return sum(question.is_done for question in self.questions)

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def first_open(self) -> Question:
        """The question to go on with; the first one where all are answered."""
        return next((question for question in self.questions if not question.is_done), self.questions[0])


@dataclass(frozen=True)
class Progress:
    """A self-assessment as it stands; `questions` has what must be looked at again first."""

    standard: StandardVersion
    assessment: SelfAssessment | None
    areas: list[AreaProgress] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        return [question for area in self.areas for question in area.questions]

    @property
    def again(self) -> list[Question]:
        return [question for question in self.questions if question.is_again]

    @property
    def done(self) -> int:
        return sum(area.done for area in self.areas)

    @property
    def total(self) -> int:
        return sum(area.total for area in self.areas)

    @property
    def is_complete(self) -> bool:
        return bool(self.total) and self.done == self.total

    def question(self, code: str) -> Question | None:
        """The question of this item; None where the setting is not asked it."""
        return next((question for question in self.questions if question.item.code == code), None)

    def next_open(self, after: str = "") -> Question | None:
        """What to answer next: first what must be looked at again, then in order from `after`, then what was skipped."""
        if self.again:
            return self.again[0]
        codes = [question.item.code for question in self.questions]
        start = codes.index(after) + 1 if after in codes else 0
        in_turn = self.questions[start:] + self.questions[:start]
        return next((question for question in in_turn if not question.is_done), None)


def current_standard() -> StandardVersion | None:
    """The edition in force."""
    return StandardVersion.objects.filter(is_current=True).first()


def open_assessment(setting: Setting) -> SelfAssessment | None:
    """The one that is being answered."""
    return setting.self_assessments.select_related("standard").filter(submitted_at__isnull=True).first()


def last_assessment(setting: Setting) -> SelfAssessment | None:
    """The one that was sent last."""
    sent = setting.self_assessments.select_related("standard", "submitted_by").filter(submitted_at__isnull=False)
    return sent.order_by("-submitted_at").first()


def progress_of(setting: Setting, assessment: SelfAssessment | None) -> Progress | None:
    """What is asked and answered, area by area; None while the partnership has no standard."""
    standard = assessment.standard if assessment else current_standard()
    if standard is None:
        return None
    answers = {answer.item_id: answer for answer in assessment.answers.all()} if assessment else {}
    questions = [Question(item, answers.get(item.pk)) for item in items_for(setting, standard)]
    areas = [
        AreaProgress(code, str(title), [each for each in questions if each.item.area == code])
        for code, title in ChecklistItem.Area.choices
    ]
    return Progress(standard, assessment, [area for area in areas if area.questions])


def to_look_at_again(setting: Setting) -> int:
    """How many answers of the last self-assessment were reopened by a change of the record."""
    last = last_assessment(setting)
    return last.answers.filter(needs_recheck=True).count() if last else 0


@dataclass(frozen=True)
class Step:
    """One thing still to do."""

    answer: Answer
    by: date | None

    @property
    def item(self) -> ChecklistItem:
        return self.answer.item

    @property
    def is_law(self) -> bool:
        return self.item.basis == ChecklistItem.Basis.LAW


def plan_of(assessment: SelfAssessment) -> list[Step]:
    """What is not in place: what the law asks first, then by date; without a date at the end of each."""
    open_values = [Answer.Value.PARTLY, Answer.Value.NOT_YET]
    answers = assessment.answers.select_related("item").filter(value__in=open_values)
    steps = [Step(answer, answer.target_date) for answer in answers]
    return sorted(steps, key=lambda step: (not step.is_law, step.by or date.max, step.item.area, step.item.order))


SCHEME_NAMES = {"nrcse": "NRCSE Quality Mark", "mqsf": "Madrassah Quality Standards Framework"}


def counts_towards(assessment: SelfAssessment) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """(scheme, [(its heading, how many are in place, of how many)]): what the work also serves elsewhere."""
    from ..models import AwardScheme

    names = {**SCHEME_NAMES, **dict(AwardScheme.objects.values_list("code", "name"))}
    found: dict[str, dict[str, list[bool]]] = {}
    for answer in assessment.answers.select_related("item").exclude(value=Answer.Value.NOT_APPLICABLE):
        for scheme, heading in answer.item.schemes.items():
            in_place = answer.value == Answer.Value.IN_PLACE
            found.setdefault(scheme, {}).setdefault(heading, []).append(in_place)
    return [
        (
            names.get(scheme, scheme),
            [(heading, sum(marks), len(marks)) for heading, marks in sorted(headings.items())],
        )
        for scheme, headings in sorted(found.items())
    ]
