"""Turns log records into JSON lines that hold nothing about anybody.

A message is written before its values are put in (`"%s sent"`, not the name), and an exception as its type and where
it happened: its text may quote what a person typed, and so may local variables.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from .quiet import is_quiet_now

# What `extra` may carry, and as what. Anything else in a record stays unsaid.
ALLOWED: dict[str, type | tuple[type, ...]] = {
    "event": str,
    "request_id": str,
    "method": str,
    "route": str,
    "status": int,
    "ms": (int, float),
    "queries": int,
    "cache": str,
    "error": str,
    "count": int,
    "task": str,
}
LONGEST = 200
_DEEPEST = 25


class SafeJsonFormatter(logging.Formatter):
    """One line of JSON for a record; see the module."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if not hasattr(record, "event"):
            line["message"] = self.words(record)
        for name, kind in ALLOWED.items():
            value = getattr(record, name, None)
            if isinstance(value, kind) and not isinstance(value, bool):
                line[name] = value[:LONGEST] if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__qualname__
            line["frames"] = _frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)

    def words(self, record: logging.LogRecord) -> str:
        """The message as the programmer wrote it. One that was put together before it came here has no values to leave
        out, and is left out whole unless it is ours."""
        if not isinstance(record.msg, str):
            return type(record.msg).__name__
        is_ours = record.name.split(".")[0] in {"foundation", "home", "community", "surveys", "cscp"}
        return record.msg[:LONGEST] if record.args or is_ours else place_of(record)


def place_of(record: logging.LogRecord) -> str:
    """Where the line was written, in the place of words that may hold anything."""
    return f"{record.module}:{record.lineno}"


def _time(created: float) -> str:
    """To the millisecond; to the hour while a pupil or a teacher is being answered."""
    moment = datetime.fromtimestamp(created, UTC)
    return moment.strftime("%Y-%m-%dT%H") if is_quiet_now.get() else moment.isoformat(timespec="milliseconds")


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """The path from its package on, without the machine's folders."""
    for mark in ("/site-packages/", "/site/", "/lib/"):
        if mark in path:
            return path.rsplit(mark, 1)[1]
    return "/".join(path.rsplit("/", 3)[1:])
