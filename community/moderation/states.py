"""Every step that a setting can take, in one table. What is not in the table cannot happen.

Source: the registry's rules (public, restricted and never held; states; concerns) that `docs/features/registry.md`
explains. `two_people` steps are taken by a second person, who must not be the one who proposed them.
"""

from dataclasses import dataclass
from enum import StrEnum

from ..register.enums import SettingState as S


class Who(StrEnum):
    """Who may take a step."""

    OWNER = "owner"
    OFFICER = "officer"
    LEAD = "lead"
    CLOCK = "clock"


class Act(StrEnum):
    """The steps, named by what a person does."""

    CLAIM = "claim"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    TAKE_UP = "take_up"
    ASK = "ask"
    LIST = "list"
    DECLINE = "decline"
    SAY_OUT_OF_SCOPE = "say_out_of_scope"
    LOOK_AGAIN = "look_again"
    HIDE = "hide"
    SHOW = "show"
    LAPSE = "lapse"
    CONFIRM = "confirm"
    SUSPEND = "suspend"
    LIFT = "lift"
    REMOVE = "remove"
    CLOSE = "close"
    MERGE = "merge"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Step:
    """From which states an act leads where, who may take it, and what it needs."""

    act: Act
    sources: frozenset[S]
    target: S
    who: frozenset[Who]
    two_people: bool = False
    needs_reason: bool = False
    not_own: bool = False
    """Whether whoever sent the submission, or looks after the setting, may not take this step."""
    independent: bool = False
    """Whether it must be someone who had no part in the decision before."""


def _step(act: Act, sources: set[S], target: S, *who: Who, **rules: bool) -> Step:
    return Step(act, frozenset(sources), target, frozenset(who), **rules)


ON_THE_REGISTER = {S.LISTED, S.HIDDEN, S.LAPSED}
STAFF = (Who.OFFICER, Who.LEAD)

STEPS: dict[Act, Step] = {
    step.act: step
    for step in (
        _step(Act.CLAIM, {S.KNOWN}, S.DRAFT, Who.OWNER),
        _step(Act.SUBMIT, {S.DRAFT, S.CHANGES_REQUESTED}, S.SUBMITTED, Who.OWNER),
        _step(Act.WITHDRAW, {S.SUBMITTED, S.CHANGES_REQUESTED}, S.DRAFT, Who.OWNER),
        _step(Act.TAKE_UP, {S.SUBMITTED}, S.IN_REVIEW, *STAFF, not_own=True),
        _step(Act.ASK, {S.IN_REVIEW}, S.CHANGES_REQUESTED, *STAFF, needs_reason=True, not_own=True),
        _step(Act.LIST, {S.IN_REVIEW}, S.LISTED, *STAFF, two_people=True, not_own=True),
        _step(Act.DECLINE, {S.IN_REVIEW}, S.DECLINED, *STAFF, needs_reason=True, not_own=True),
        _step(
            Act.SAY_OUT_OF_SCOPE, {S.KNOWN, S.SUBMITTED, S.IN_REVIEW}, S.OUT_OF_SCOPE, *STAFF,
            needs_reason=True, not_own=True,
        ),
        _step(
            Act.LOOK_AGAIN, {S.DECLINED, S.OUT_OF_SCOPE}, S.IN_REVIEW, *STAFF,
            needs_reason=True, not_own=True, independent=True,
        ),
        _step(Act.HIDE, {S.LISTED}, S.HIDDEN, Who.OWNER),
        _step(Act.SHOW, {S.HIDDEN}, S.LISTED, Who.OWNER),
        _step(Act.LAPSE, {S.LISTED}, S.LAPSED, Who.CLOCK),
        _step(Act.CONFIRM, {S.LAPSED}, S.LISTED, Who.OWNER),
        _step(Act.SUSPEND, ON_THE_REGISTER, S.SUSPENDED, *STAFF, needs_reason=True, not_own=True),
        _step(Act.LIFT, {S.SUSPENDED}, S.LISTED, *STAFF, two_people=True, needs_reason=True, not_own=True),
        _step(Act.REMOVE, {*ON_THE_REGISTER, S.SUSPENDED}, S.REMOVED, *STAFF, needs_reason=True, not_own=True),
        _step(
            Act.CLOSE, {S.KNOWN, S.DRAFT, S.SUBMITTED, S.CHANGES_REQUESTED, *ON_THE_REGISTER}, S.ARCHIVED,
            Who.OWNER, *STAFF,
        ),
        # What is in public is not merged away: it is hidden or removed first, by its own step.
        _step(
            Act.MERGE,
            {
                S.KNOWN, S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.CHANGES_REQUESTED, S.HIDDEN, S.LAPSED, S.DECLINED,
                S.OUT_OF_SCOPE,
            },
            S.ARCHIVED, *STAFF, needs_reason=True, not_own=True,
        ),
        _step(Act.REOPEN, {S.ARCHIVED}, S.DRAFT, *STAFF, needs_reason=True),
    )
}  # fmt: skip


def steps_from(state: S, who: Who) -> list[Step]:
    """The steps that this kind of person may take from this state, in the order of the table."""
    return [step for step in STEPS.values() if state in step.sources and who in step.who]
