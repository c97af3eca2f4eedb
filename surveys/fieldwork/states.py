"""Every step that a wave or a class session can take, in two tables. What is not in a table cannot happen."""

from enum import StrEnum

from ..errors import WrongState
from .enums import SessionState as S
from .enums import WaveState as W


class WaveAct(StrEnum):
    """What is done to a wave."""

    OPEN = "open"
    CORRECT = "correct"
    CLOSE = "close"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    EMPTY = "empty"


class SessionAct(StrEnum):
    """What is done to a class session."""

    REMOVE = "remove"
    RENEW_LINK = "renew_link"
    OPEN = "open"
    CLOSE = "close"
    SEAL = "seal"
    POOL = "pool"
    DISCARD = "discard"
    LOSE = "lose"


WAVE_STEPS: dict[WaveAct, dict[W, W]] = {
    WaveAct.OPEN: {W.PLANNED: W.OPEN},
    WaveAct.CORRECT: {W.OPEN: W.OPEN},
    WaveAct.CLOSE: {W.OPEN: W.CLOSED},
    WaveAct.RELEASE: {W.CLOSED: W.RELEASED},
    WaveAct.WITHDRAW: {W.RELEASED: W.CLOSED},
    WaveAct.EMPTY: {W.CLOSED: W.EMPTIED, W.RELEASED: W.EMPTIED},
}

SESSION_STEPS: dict[SessionAct, dict[S, S]] = {
    SessionAct.REMOVE: {S.PREPARED: S.PREPARED},
    SessionAct.RENEW_LINK: {S.PREPARED: S.PREPARED, S.OPEN: S.OPEN},
    SessionAct.OPEN: {S.PREPARED: S.OPEN},
    SessionAct.CLOSE: {S.OPEN: S.CLOSING},
    # An open session is sealed too when its two hours and the grace after them are over.
    SessionAct.SEAL: {S.OPEN: S.SEALED, S.CLOSING: S.SEALED},
    SessionAct.POOL: {S.OPEN: S.POOLED, S.CLOSING: S.POOLED},
    SessionAct.DISCARD: {S.OPEN: S.DISCARDED, S.CLOSING: S.DISCARDED},
    SessionAct.LOSE: {S.OPEN: S.LOST, S.CLOSING: S.LOST},
}
"""There is no way back from sealed, pooled, discarded or lost: nothing says any more which answers were this class's."""

TAKING = (S.OPEN, S.CLOSING)
"""States in which a session has a code and may hold answers."""
ENDED = (S.SEALED, S.POOLED, S.DISCARDED, S.LOST)

_WAVE_IS: dict[W, str] = {
    W.PLANNED: "This wave is still being prepared.",
    W.OPEN: "This wave is open.",
    W.CLOSED: "This wave is closed.",
    W.RELEASED: "The figures of this wave are out.",
    W.EMPTIED: "The answers of this wave have been deleted; its figures are kept.",
}
_SESSION_IS: dict[S, str] = {
    S.PREPARED: "This class session has not been opened yet.",
    S.OPEN: "This class session is open.",
    S.CLOSING: "This class session is closing: answers on their way are still taken.",
    S.SEALED: "This class session is sealed. It cannot be opened again.",
    S.POOLED: "This class session is over. It cannot be opened again.",
    S.DISCARDED: "This class session was thrown away. It cannot be opened again.",
    S.LOST: "The answers of this class session were lost. Ask for a new link.",
}


def wave_after(state: str, act: WaveAct) -> W:
    """The state that the act leads to.

    Raises:
        WrongState: this cannot be done to a wave in this state.
    """
    found = WAVE_STEPS[act].get(W(state))
    if found is None:
        raise WrongState(f"{_WAVE_IS[W(state)]} This cannot be done now.")
    return found


def session_after(state: str, act: SessionAct) -> S:
    """The state that the act leads to.

    Raises:
        WrongState: this cannot be done to a class session in this state.
    """
    found = SESSION_STEPS[act].get(S(state))
    if found is None:
        raise WrongState(_SESSION_IS[S(state)])
    return found
