"""gunicorn's own log: what happens to the server and its workers, without what it would write of requests."""

import logging
from typing import Any

from gunicorn import glogging

from .formatter import LONGEST, SafeJsonFormatter, place_of

ABOUT_THE_SERVER = frozenset(
    (
        "Starting gunicorn %s", "Listening at: %s (%s)", "Listening at: %s", "Using worker: %s", "Handling signal: %s",
        "Unhandled signal: %s", "Worker (pid:%s) was sent %s!", "Worker (pid:%s) was sent %s! Perhaps out of memory?",
        "Connection in use: %s", "Invalid address: %s", "Can't connect to %s", "Shutting down: %s", "Reason: %s",
    )
)  # fmt: skip
"""Messages whose values are the server's own: its version, the addresses at which it listens, signals."""
WITHOUT_VALUES = frozenset(
    (
        "Unhandled exception in main loop", "Exception in worker process", "Quick shutdown requested",
        "graceful stop of workers", "Master has been promoted.",
    )
)  # fmt: skip
BROKE_OUTSIDE = "a request broke outside the site"
REFUSED = "a request was refused, for it is no good HTTP"
_LEFT_OUT = "…"


class ServerFormatter(SafeJsonFormatter):
    """A line of gunicorn's. Numbers (of processes, of how they ended) say nothing about anybody and stand in it; of other
    values only those of the messages above, for a client's address and what it asked for are values too."""

    def words(self, record: logging.LogRecord) -> str:
        """The message with the values that may be told."""
        if not isinstance(record.msg, str):
            return type(record.msg).__name__
        if record.msg in {*WITHOUT_VALUES, BROKE_OUTSIDE}:
            return record.msg
        if record.msg.startswith("Invalid request from"):  # the address and the bytes are in it already
            return REFUSED
        if not record.args:
            return place_of(record)
        values = record.args if isinstance(record.args, tuple) else (record.args,)
        is_told = record.msg in ABOUT_THE_SERVER
        kept = tuple(value if is_told or isinstance(value, int) else _LEFT_OUT for value in values)
        try:
            return (record.msg % kept)[:LONGEST]
        except (TypeError, ValueError):  # a message that wants a number where there is none
            return record.msg[:LONGEST]


class SafeLogger(glogging.Logger):
    """No access log; errors as JSON lines that say which worker, and nothing of a request."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(ServerFormatter())
        for level in ("critical", "error", "warning", "info", "debug"):
            # Straight to the log, so that a line knows where in gunicorn it was written.
            setattr(self, level, getattr(self.error_log, level))

    def access(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing: the site writes its own line."""

    def exception(self, msg: Any, *_args: Any, **kwargs: Any) -> None:
        # gunicorn puts the address asked for into most of these messages.
        kwargs.setdefault("exc_info", True)
        words = msg if isinstance(msg, str) and msg in WITHOUT_VALUES else BROKE_OUTSIDE
        self.error_log.log(logging.ERROR, words, **kwargs)
