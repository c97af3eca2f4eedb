"""Taking what people thought, so that nobody can tell who thought it.

Nothing is shown under ten answers. After that numbers move on in steps of five: whoever looks before and after one person
answered sees no difference.

The link is the same for everybody, so nothing knows who has answered. What makes it hard for one person to speak for many
is a number: as many answers are taken as people were asked, and no more; a connection sends few of them a day (the form's
limit), though as many again the next day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import DateState, Stage, Via
from ..errors import ProgrammeError
from ..models import Booking, Course, Remark, Round, Tally

FIRST_SHOWN = 10
STEP = 5
NOW_FOR = timedelta(days=28)
LATER_FROM, LATER_TO = timedelta(days=42), timedelta(days=70)


@dataclass(frozen=True)
class Question:
    """One question with its answers, the best first."""

    key: str
    words: object
    answers: tuple[tuple[str, object], ...]


_AGREE = (
    ("yes", gettext_lazy("Yes")), ("mostly", gettext_lazy("Mostly")), ("hardly", gettext_lazy("Hardly")),
    ("no", gettext_lazy("No")),
)  # fmt: skip
QUESTIONS: dict[str, tuple[Question, ...]] = {
    Stage.NOW: (
        Question("overall", gettext_lazy("How was it, all in all?"), (
            ("excellent", gettext_lazy("Excellent")), ("good", gettext_lazy("Good")),
            ("satisfactory", gettext_lazy("Satisfactory")), ("poor", gettext_lazy("Poor")),
        )),
        Question("clear", gettext_lazy("Was it clear and well explained?"), _AGREE),
        Question("confident", gettext_lazy("Do you know better now what to do if you are worried about a child?"), _AGREE),
        Question("welcome", gettext_lazy("Did you feel welcome, and could you take part?"), _AGREE),
    ),
    Stage.LATER: (
        Question("used", gettext_lazy("Have you used what you learnt?"), (
            ("often", gettext_lazy("Often")), ("once", gettext_lazy("Once or twice")),
            ("notyet", gettext_lazy("Not yet, but I would know how")), ("no", gettext_lazy("No")),
        )),
        Question("changed", gettext_lazy("Has anything changed where you work or help?"), _AGREE),
        Question("confident", gettext_lazy("Are you still sure what to do if you are worried about a child?"), _AGREE),
    ),
}  # fmt: skip


class NotAskedNow(ProgrammeError):
    """The link is too early or too late."""

    def __init__(self) -> None:
        super().__init__(
            _("We ask about this course for some weeks after it was held. That time is over, or still to come.")
        )


class AllHaveAnswered(ProgrammeError):
    """As many answers have come as people were asked."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Thank you. As many answers have reached us as people came, so this one is not counted. If you have not "
                "answered yet, please tell us in your own words: the address stands under Contact."
            )
        )


def invite(*, course: Course, stage: str, people: int = 1) -> None:
    """So many more people are asked now: so many more answers are taken."""
    row, _made = Round.objects.get_or_create(course=course, stage=stage)
    Round.objects.filter(pk=row.pk).update(open_answers=F("open_answers") + people)


def close_what_is_over() -> int:
    """Who did not answer in time leaves no answer for others to give. How many rounds were closed, or have fewer open now.

    So many stay open at most as were asked after dates whose weeks are not over, or still to come: a list may be finished
    before its date has ended. What is open belongs to no date, so answers that people of one date still owe can be those
    that an earlier one left.
    """
    changed = 0
    for pk in Round.objects.filter(open_answers__gt=0).values_list("pk", flat=True):
        with transaction.atomic():
            # Locked, so that whoever is asked meanwhile is added to what is left.
            row = Round.objects.select_for_update().get(pk=pk)
            asked = _asked_lately(row)
            if row.open_answers > asked:
                changed += Round.objects.filter(pk=pk).update(open_answers=asked)
    return changed


def _asked_lately(row: Round) -> int:
    """People who were asked after a date whose weeks are not over."""
    weeks, when = (NOW_FOR, "thanked_at") if row.stage == Stage.NOW else (LATER_TO, "asked_later_at")
    asked = Booking.objects.filter(
        date__course=row.course_id, date__state=DateState.HELD, date__ends_at__gte=timezone.now() - weeks,
        **{f"{when}__isnull": False},
    )  # fmt: skip
    return asked.exclude(via=Via.IMPORTED).count()


def are_answers_left(course: Course, stage: str) -> bool:
    """Whether somebody who was asked has not answered yet."""
    return Round.objects.filter(course=course, stage=stage, open_answers__gt=0).exists()


def is_asked(course: Course, stage: str) -> bool:
    """Whether answers are taken now: for four weeks after a date, and from six to ten weeks after one."""
    now = timezone.now()
    held = course.dates.filter(state=DateState.HELD)
    if stage == Stage.NOW:
        return held.filter(ends_at__range=(now - NOW_FOR, now)).exists()
    return held.filter(ends_at__range=(now - LATER_TO, now - LATER_FROM)).exists()


@transaction.atomic
def take_answers(*, course: Course, stage: str, answers: Mapping[str, str], remark: str = "") -> None:
    """Add one person's answers to the numbers. Questions may be left out.

    Raises:
        NotAskedNow, AllHaveAnswered.
    """
    if not is_asked(course, stage):
        raise NotAskedNow
    known = {question.key: {value for value, _words in question.answers} for question in QUESTIONS[stage]}
    chosen = {key: value for key, value in answers.items() if value in known.get(key, set())}
    words = " ".join(remark.split())[:500]
    if not chosen and not words:
        return
    row = Round.objects.select_for_update().filter(course=course, stage=stage).first()
    if row is None or not row.open_answers:
        raise AllHaveAnswered
    row.open_answers -= 1
    for key, value in chosen.items():
        tally, _made = Tally.objects.get_or_create(round=row, question=key, answer=value)
        Tally.objects.filter(pk=tally.pk).update(fresh=F("fresh") + 1)
    if words:
        Remark.objects.create(round=row, text=words)
    row.fresh += 1
    if row.fresh >= (STEP if row.shown else FIRST_SHOWN):
        _show_what_enough_answered(row)
        row.remarks.update(is_shown=True)
        row.shown, row.fresh = row.shown + row.fresh, 0
    row.save()


def _show_what_enough_answered(row: Round) -> None:
    """Question by question, for any may be left out: ten people may be here of whom one answered this one."""
    for question in QUESTIONS[Stage(row.stage)]:
        of_it = row.tallies.filter(question=question.key)
        sums = of_it.aggregate(fresh=Sum("fresh"), shown=Sum("shown"))
        if (sums["fresh"] or 0) >= (STEP if sums["shown"] else FIRST_SHOWN):
            of_it.update(shown=F("shown") + F("fresh"), fresh=0)


@dataclass(frozen=True)
class Result:
    """One question's numbers, as far as they are shown."""

    question: Question
    answers: list[tuple[str, int, int]]
    """(words, how many, per cent of those who answered it)."""


@dataclass(frozen=True)
class Results:
    """What may be seen of a stage. `people` is 0 while there are fewer than ten answers."""

    stage: Stage
    people: int
    questions: list[Result]
    remarks: list[str]


def results_of(course: Course, stage: str) -> Results:
    """The numbers that may be shown, and nothing of those that may not."""
    row = Round.objects.filter(course=course, stage=stage, shown__gte=FIRST_SHOWN).first()
    if row is None:
        return Results(Stage(stage), 0, [], [])
    counts = {(tally.question, tally.answer): tally.shown for tally in row.tallies.all()}
    questions = []
    for question in QUESTIONS[stage]:
        total = sum(counts.get((question.key, value), 0) for value, _words in question.answers)
        answers = []
        for value, words in question.answers:
            number = counts.get((question.key, value), 0)
            answers.append((str(words), number, round(100 * number / total) if total else 0))
        questions.append(Result(question, answers))
    return Results(
        Stage(stage), row.shown, questions, list(row.remarks.filter(is_shown=True).values_list("text", flat=True))
    )
