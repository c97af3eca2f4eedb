"""Writes counts. All of them add to what stands there in one statement, so that any number of processes may."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from .buffer import CountBuffer, Key
from .misses import forget_old_misses, record_search_miss
from .models import PageCount, UsefulCount

__all__ = [
    "count_page",
    "forget_old_counts",
    "record_search_miss",
    "record_useful",
    "write_page_counts",
    "write_waiting_counts",
]

KEPT = timedelta(days=2 * 366)
_AT_ONCE = 200


def count_page(*, page_id: int) -> None:
    """Count a visit of today (London's day)."""
    _buffer.add(page_id, timezone.localdate())


def write_page_counts(counts: dict[Key, int]) -> None:
    """Add these numbers to the table. In the order of the keys, so that two processes never wait for each other."""
    table = connection.ops.quote_name(PageCount._meta.db_table)
    rows = [(page_id, day, views) for (page_id, day), views in sorted(counts.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            places = ", ".join(["(%s, %s, %s)"] * len(part))
            cursor.execute(
                f"INSERT INTO {table} (page_id, day, views) VALUES {places} "  # noqa: S608 - a table's name and places
                f"ON CONFLICT (page_id, day) DO UPDATE SET views = {table}.views + excluded.views",
                [_plain(value) for row in part for value in row],
            )


def write_waiting_counts() -> int:
    """Write what this process still holds in memory; says how many visits."""
    return _buffer.flush()


def record_useful(*, page_id: int, is_yes: bool) -> None:
    """Add one answer to "Was this page useful?" to today's numbers."""
    yes, no = (1, 0) if is_yes else (0, 1)
    table = connection.ops.quote_name(UsefulCount._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_id, day, yes, no) VALUES (%s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (page_id, day) DO UPDATE SET yes = {table}.yes + excluded.yes, no = {table}.no + excluded.no",
            [page_id, _plain(timezone.localdate()), yes, no],
        )


def forget_old_counts() -> int:
    """Delete numbers older than two years, and searches past their time."""
    before = timezone.localdate() - KEPT
    pages, _by_model = PageCount.objects.filter(day__lt=before).delete()
    useful, _by_model = UsefulCount.objects.filter(day__lt=before).delete()
    return pages + useful + forget_old_misses()


def _plain(value: date | int) -> str | date | int:
    """SQLite's adapter for dates is deprecated; its text form sorts and compares the same."""
    return value.isoformat() if isinstance(value, date) and connection.vendor == "sqlite" else value


_buffer = CountBuffer(write_page_counts)
