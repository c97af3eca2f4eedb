"""Whether a setting is shut for now: it opens again by itself on the day that it named. Pure."""

from datetime import date


def is_shut(*, temporarily_closed: bool, reopens_on: date | str | None, day: date) -> bool:
    """Whether it is shut on this day in London. `reopens_on`: the first day on which it is open again, as a date or in
    ISO; without one it is shut until somebody says otherwise."""
    if isinstance(reopens_on, str):
        reopens_on = date.fromisoformat(reopens_on) if reopens_on else None
    return temporarily_closed and (reopens_on is None or day < reopens_on)
