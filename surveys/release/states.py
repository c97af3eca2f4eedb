"""The life of a release, in one table: from which states each act leads where."""

from dataclasses import dataclass
from enum import StrEnum

from ..errors import WrongState
from .enums import ReleaseState as S


class Act(StrEnum):
    """What happens to a release."""

    START = "start"
    REFUSE = "refuse"
    FAIL = "fail"
    LET_THROUGH = "let_through"
    PUBLISH = "publish"
    REPLACE = "replace"
    GIVE_UP = "give_up"


@dataclass(frozen=True)
class Move:
    """The states from which an act is possible, and where it leads."""

    sources: frozenset[S]
    target: S


MOVES = {
    # Running again is possible while running: a worker that died leaves the state behind. The job looks at the heartbeat.
    Act.START: Move(frozenset({S.PLANNED, S.FAILED, S.REFUSED, S.RUNNING}), S.RUNNING),
    Act.REFUSE: Move(frozenset({S.RUNNING}), S.REFUSED),
    Act.FAIL: Move(frozenset({S.RUNNING}), S.FAILED),
    Act.LET_THROUGH: Move(frozenset({S.RUNNING}), S.READY),
    Act.PUBLISH: Move(frozenset({S.READY}), S.RELEASED),
    Act.REPLACE: Move(frozenset({S.RELEASED}), S.REPLACED),
    # Not once it is ready: people have read its figures, and a second rounding could be averaged with them.
    Act.GIVE_UP: Move(frozenset({S.FAILED, S.REFUSED}), S.PLANNED),
}


def after(state: str, act: Act) -> S:
    """Where `act` leads from `state`.

    Raises:
        WrongState: it leads nowhere from there.
    """
    move = MOVES[act]
    if S(state) not in move.sources:
        raise WrongState(f"A release that is “{S(state).label}” cannot do this.")
    return move.target
