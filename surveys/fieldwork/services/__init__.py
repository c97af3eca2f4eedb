"""What is done to waves and class sessions."""

from .sessions import (
    PreparedSession,
    close_session,
    discard_session,
    open_session,
    prepare_session,
    prepare_sessions,
    remove_session,
    renew_link,
)
from .waves import add_schools, close_wave, correct_wave, open_wave, plan_wave, set_details, set_versions

__all__ = [
    "PreparedSession",
    "add_schools",
    "close_session",
    "close_wave",
    "correct_wave",
    "discard_session",
    "open_session",
    "open_wave",
    "plan_wave",
    "prepare_session",
    "prepare_sessions",
    "remove_session",
    "renew_link",
    "set_details",
    "set_versions",
]
