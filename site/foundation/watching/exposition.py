"""The numbers as text that Prometheus reads (exposition format 0.0.4)."""

import shutil
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min

from foundation.health import checks
from foundation.jobs.models import ChoreRun
from foundation.mail.models import OutgoingMessage
from foundation.registries.gauges import Gauge, gauges

from .counting import BUCKETS, totals

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metrics() -> str:
    """Every metric. Where the database is away, those that need it are left out and `cscp_database_up` is 0."""
    lines = [*_requests(), *_machine()]
    is_up = checks.database_answers()
    lines += _metric("cscp_database_up", "1 while the database answers", [("", float(is_up))])
    if is_up:
        lines += _metric("cscp_migrated", "1 when every migration is applied", [("", float(checks.is_migrated()))])
        for name, gauge in [*_of_the_foundation(), *gauges.items()]:
            lines += _read(name, gauge)
    return "\n".join(lines) + "\n"


def _read(name: str, gauge: Gauge) -> list[str]:
    """One gauge that fails must not hide the others."""
    try:
        return _metric(name, gauge.help, list(gauge.read()), label=gauge.label)
    except DatabaseError:
        return []


def _requests() -> Iterator[str]:
    counts = totals()
    yield from _head(
        "cscp_requests_total", "Answers by kind of page and class of status; of pupils' pages only faults", "counter"
    )
    for key, value in sorted(counts.items()):
        if key[0] == "requests":
            yield f'cscp_requests_total{{kind="{key[1]}",status="{key[2]}"}} {value}'
    yield from _head("cscp_page_cache_total", "Public pages by whether they were kept", "counter")
    for key, value in sorted(counts.items()):
        if key[0] == "cache":
            yield f'cscp_page_cache_total{{outcome="{key[1]}"}} {value}'
    yield from _head("cscp_request_seconds", "How long an answer took", "histogram")
    for kind in sorted({key[1] for key in counts if key[0] == "seconds_count"}):
        for end in BUCKETS:
            yield f'cscp_request_seconds_bucket{{kind="{kind}",le="{end}"}} {counts["seconds_bucket", kind, str(end)]}'
        yield f'cscp_request_seconds_bucket{{kind="{kind}",le="+Inf"}} {counts["seconds_count", kind]}'
        yield f'cscp_request_seconds_sum{{kind="{kind}"}} {round(counts["seconds_sum", kind], 4)}'
        yield f'cscp_request_seconds_count{{kind="{kind}"}} {counts["seconds_count", kind]}'


def _machine() -> Iterator[str]:
    folders = {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_ROOT)}
    if connection.vendor == "sqlite":
        folders["database"] = Path(str(settings.DATABASES["default"]["NAME"])).parent
    free = [(where, float(shutil.disk_usage(_there(path)).free)) for where, path in folders.items()]
    yield from _metric("cscp_disk_free_bytes", "Room that is left", free, label="where")
    yield from _metric("cscp_cache_up", "1 while the shared cache answers", [("", float(checks.cache_answers()))])


def _of_the_foundation() -> list[tuple[str, Gauge]]:
    return [
        ("cscp_tasks", Gauge("Background tasks by state", _tasks, "state")),
        ("cscp_task_oldest_seconds", Gauge("How long the task that waits longest has waited", _oldest_task)),
        ("cscp_mail_waiting", Gauge("E-mails that have not gone out, by whether a try has failed", _mail, "failed")),
        ("cscp_mail_oldest_seconds", Gauge("Age of the oldest e-mail that has not gone out", _oldest_mail)),
        ("cscp_chore_done_timestamp_seconds", Gauge("When a chore, or the backup, last succeeded", _chores, "chore")),
    ]


def _tasks() -> Iterable[tuple[str, float]]:
    if not _has_worker():
        return []
    from django_tasks_db.models import DBTaskResult

    counted = DBTaskResult.objects.order_by().values("status").annotate(number=Count("pk"))
    return [(row["status"].lower(), float(row["number"])) for row in counted]


def _oldest_task() -> Iterable[tuple[str, float]]:
    if not _has_worker():
        return []
    from django_tasks_db.models import DBTaskResult

    return [("", _age(DBTaskResult.objects.ready().aggregate(first=Min("enqueued_at"))["first"]))]


def _mail() -> Iterable[tuple[str, float]]:
    failed = OutgoingMessage.objects.filter(tries__gt=0).count()
    return [("yes", float(failed)), ("no", float(OutgoingMessage.objects.count() - failed))]


def _oldest_mail() -> Iterable[tuple[str, float]]:
    return [("", _age(OutgoingMessage.objects.aggregate(first=Min("created_at"))["first"]))]


def _chores() -> Iterable[tuple[str, float]]:
    return [
        (run.name, run.done_at.timestamp())
        for run in ChoreRun.objects.exclude(done_at=None).order_by("name")
        if run.done_at
    ]


def _has_worker() -> bool:
    return bool(settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"))


def _age(moment: datetime | None) -> float:
    return max(0.0, time.time() - moment.timestamp()) if moment else 0.0


def _there(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _head(name: str, words: str, kind: str) -> list[str]:
    return [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]


def _metric(name: str, words: str, values: list[tuple[str, float]], *, label: str = "") -> list[str]:
    return _head(name, words, "gauge") + [f"{name}{_label(label, value)} {number:.15g}" for value, number in values]


def _label(label: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'{{{label}="{escaped}"}}' if label else ""
