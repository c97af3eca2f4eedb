"""What other subjects ask of this one."""

from .ending import delete_sealed, finish_wave
from .receiving import Receipt, count_held, discard_held, receive
from .sealing import flush_due, flush_session, flush_where_nobody_else_does

__all__ = [
    "Receipt",
    "count_held",
    "delete_sealed",
    "discard_held",
    "finish_wave",
    "flush_due",
    "flush_session",
    "flush_where_nobody_else_does",
    "receive",
]
