"""Counts requests in each process, and adds the processes of a machine up when somebody asks.

A process writes its own small file now and then, for whoever asks meets one process of several.
"""

import json
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from foundation.accounts.doors import is_account_door, is_staff_door
from foundation.logs.quiet import is_quiet

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends, in seconds, of the classes that answers are sorted into by the time they took."""
WRITE_SECONDS = 5.0
Key = tuple[str, ...]


class _Counts:
    """The counts of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.begin()

    def begin(self) -> None:
        self.owner, self.values, self.written_at = os.getpid(), Counter[Key](), 0.0
        self.name = f"{self.owner}-{time.time_ns()}.json"


_counts = _Counts()


def count_request(request: HttpRequest, *, status: int, seconds: float) -> None:
    """Count one answer. Of pupils' and teachers' pages only faults: a count that grows would tell when somebody answered."""
    if not settings.METRICS_TOKEN:
        return
    quiet = is_quiet(request)
    if quiet and status < 500:
        return
    kind = "quiet" if quiet else _kind(request)
    with _counts.lock:
        if _counts.owner != os.getpid():  # a copy of the process that it was loaded in
            _counts.begin()
        _counts.values["requests", kind, f"{status // 100}xx"] += 1
        if not quiet:
            _time(kind, seconds)
        if getattr(request, "page_cache", ""):
            _counts.values["cache", str(request.page_cache)] += 1  # type: ignore[attr-defined]
        if time.monotonic() - _counts.written_at < WRITE_SECONDS:
            return
        _counts.written_at = time.monotonic()
        _write(_counts.name, _counts.values)


def totals() -> Counter[Key]:
    """The counts of every process of this machine since it was started, those that have ended among them."""
    with _counts.lock:
        if _counts.owner == os.getpid() and _counts.values:
            _write(_counts.name, _counts.values)
    found: Counter[Key] = Counter()
    for _path, values in _files():
        found.update(values)
    return found


def forget_for_tests() -> None:
    """As in a process that has just started."""
    with _counts.lock:
        _counts.begin()


def _time(kind: str, seconds: float) -> None:
    values = _counts.values
    values["seconds_sum", kind] += round(seconds, 4)  # type: ignore[assignment]  # a count of seconds is no whole number
    values["seconds_count", kind] += 1
    for end in BUCKETS:
        if seconds <= end:
            values["seconds_bucket", kind, str(end)] += 1


def _kind(request: HttpRequest) -> str:
    path = request.path_info
    if is_staff_door(path):
        return "admin"
    if is_account_door(path):
        return "accounts"
    return "open data" if path.startswith("/o/") else "public"


def _folder() -> Path:
    folder = Path(settings.METRICS_ROOT or Path(tempfile.gettempdir()) / f"cscp-metrics-{os.getuid()}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(name: str, values: Counter[Key]) -> None:
    """Written beside and renamed, so that nobody reads half of it. A full disk must not break the page that is counted."""
    try:
        path = _folder() / name
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps([[list(key), value] for key, value in values.items()]))
        beside.replace(path)
    except OSError:
        return


def _files() -> Iterator[tuple[Path, Counter[Key]]]:
    for path in _folder().glob("*.json"):
        try:
            yield path, Counter({tuple(key): value for key, value in json.loads(path.read_text())})
        except (OSError, ValueError):
            continue
