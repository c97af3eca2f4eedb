"""What other subjects ask of this one."""

from .ending import delete_sealed, finish_due, finish_wave, finish_where_allowed, is_finished
from .receiving import Receipt, count_held, discard_held, receive, take_turns
from .sealing import flush_due, flush_session, flush_where_nobody_else_does

__all__ = [
    "Receipt",
    "count_held",
    "delete_sealed",
    "discard_held",
    "finish_due",
    "finish_wave",
    "finish_where_allowed",
    "flush_due",
    "flush_session",
    "flush_where_nobody_else_does",
    "is_finished",
    "receive",
    "take_turns",
]
