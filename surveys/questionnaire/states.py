"""Every step that a version of a questionnaire can take, in one table. What is not in the table cannot happen.

A correction is no step: it makes a new version (`services.versions.copy_version`), and the frozen one stays as it is.
"""

from dataclasses import dataclass
from enum import StrEnum

from .enums import VersionState as S


class Who(StrEnum):
    """Who may take a step."""

    MANAGER = "manager"
    YOUNG_ADVISOR = "young-advisor"
    WAVE = "wave"
    """The opening of a wave, whoever opens it."""


class Act(StrEnum):
    """The steps, named by what a person does."""

    SEND = "send"
    TAKE_BACK = "take-back"
    REVIEW = "review"
    RETURN = "return"
    SKIP = "skip"
    REOPEN = "reopen"
    FREEZE = "freeze"


@dataclass(frozen=True)
class Step:
    """From which states an act leads where, who may take it, and whether it needs words."""

    act: Act
    label: str
    sources: frozenset[S]
    target: S
    who: frozenset[Who]
    needs_words: bool = False


STEPS: dict[Act, Step] = {
    step.act: step
    for step in (
        Step(Act.SEND, "Send to the Young Advisors", frozenset({S.DRAFT}), S.IN_REVIEW, frozenset({Who.MANAGER})),
        Step(Act.TAKE_BACK, "Take back to work on it", frozenset({S.IN_REVIEW}), S.DRAFT, frozenset({Who.MANAGER})),
        Step(
            Act.REVIEW,
            "Note what the Young Advisors said",
            frozenset({S.IN_REVIEW}),
            S.REVIEWED,
            frozenset({Who.MANAGER, Who.YOUNG_ADVISOR}),
            needs_words=True,
        ),
        Step(
            Act.RETURN,
            "Ask for changes first",
            frozenset({S.IN_REVIEW}),
            S.DRAFT,
            frozenset({Who.YOUNG_ADVISOR}),
            needs_words=True,
        ),
        Step(
            Act.SKIP,
            "Go on without their review",
            frozenset({S.DRAFT, S.IN_REVIEW}),
            S.REVIEWED,
            frozenset({Who.MANAGER}),
            needs_words=True,
        ),
        Step(Act.REOPEN, "Back to draft, to change it", frozenset({S.REVIEWED}), S.DRAFT, frozenset({Who.MANAGER})),
        Step(Act.FREEZE, "Freeze", frozenset({S.REVIEWED}), S.FROZEN, frozenset({Who.WAVE})),
    )
}

EDITABLE = frozenset({S.DRAFT})
"""Where sections and questions can change: what the Young Advisors read must be what they read yesterday."""
TRANSLATABLE = frozenset({S.DRAFT, S.IN_REVIEW, S.REVIEWED})
"""Where translations can change: they are usually made last."""


def can(act: Act, *, state: str, who: Who) -> bool:
    """Whether this step leads on from this state, for this person."""
    step = STEPS[act]
    return state in step.sources and who in step.who


def open_steps(*, state: str, who: Who) -> list[Step]:
    """The steps that this person can take now, in the order of the table."""
    return [step for step in STEPS.values() if can(step.act, state=state, who=who)]
