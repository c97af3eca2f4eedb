"""Which step a booking may take, in one table."""

from .enums import BookingState

_S = BookingState
STEPS: dict[BookingState, frozenset[BookingState]] = {
    _S.PENDING: frozenset({_S.BOOKED, _S.WAITING, _S.CANCELLED}),
    _S.BOOKED: frozenset({_S.CANCELLED, _S.ATTENDED, _S.ABSENT}),
    # Somebody from the waiting list who came anyway, and was let in.
    _S.WAITING: frozenset({_S.BOOKED, _S.CANCELLED, _S.ATTENDED}),
    _S.CANCELLED: frozenset(),
    # A mark that was wrong is put right.
    _S.ATTENDED: frozenset({_S.ABSENT, _S.BOOKED}),
    _S.ABSENT: frozenset({_S.ATTENDED, _S.BOOKED}),
}
TAKES_A_PLACE = (_S.BOOKED, _S.ATTENDED, _S.ABSENT)
LIVE = (_S.BOOKED, _S.WAITING, _S.ATTENDED, _S.ABSENT)
"""At most one of an address for a date."""


def may_step(before: str, after: str) -> bool:
    """Whether the table has this step."""
    return BookingState(after) in STEPS[BookingState(before)]
