"""Doing chores: which are due, and writing down that they were done."""

import logging
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from foundation.registries.chores import Chore

from .models import ChoreRun

logger = logging.getLogger("foundation.jobs")

BACKUP = "backup"
"""The backup is no chore, but when it last succeeded is watched like one."""

TRY_AGAIN = timedelta(hours=1)
"""A daily chore that failed is tried again after so long."""


LONGEST_REST = timedelta(days=7)
"""The chores stood still for longer than this, or the clock was moved: nobody can tell which but a person."""


class ChoreFailed(Exception):
    """A chore raised something; the log says what."""


def is_due(name: str, chore: Chore, *, now: datetime | None = None) -> bool:
    """Whether the chore should be done now: a daily one once on each day of the partnership's clock.

    A clock that was set back finds the day's chores done already; one that jumped ahead does them a day early, once.
    """
    if not chore.is_daily:
        return True
    now = now or timezone.now()
    last = ChoreRun.objects.filter(name=name).first()
    if last is None:
        return True
    if last.done_at is not None and timezone.localdate(last.done_at) >= timezone.localdate(now):
        return False
    failed_today = last.done_at is None or last.tried_at > last.done_at
    return not failed_today or not now - TRY_AGAIN < last.tried_at <= now


def clock_is_doubtful(*, now: datetime | None = None) -> bool:
    """Whether the clock says that the chores last ran more than a week ago, or in the future.

    What the daily ones delete and lapse cannot be undone, and a clock that jumped ahead would make everything due.
    """
    now = now or timezone.now()
    last = ChoreRun.objects.exclude(name=BACKUP).aggregate(last=Max("tried_at"))["last"]
    return last is not None and not now - LONGEST_REST < last < now + timedelta(hours=1)


def do_chore(name: str, chore: Chore, *, is_noted: bool = True) -> int:
    """Do it, and write down that it was done (not while the clock is doubtful); how many things it touched.

    Raises:
        ChoreFailed: one that fails must not keep the others from being done: the caller goes on.
    """
    began = timezone.now()
    try:
        count = chore.run()
    except Exception as error:
        logger.exception("a chore failed", extra={"event": "chore_failed", "task": name})
        if is_noted:
            ChoreRun.objects.update_or_create(name=name, defaults={"tried_at": began})
        raise ChoreFailed(name) from error
    if is_noted:
        ChoreRun.objects.update_or_create(name=name, defaults={"tried_at": began, "done_at": timezone.now()})
    return count


def note_backup() -> None:
    """Write down that a backup was made and read back."""
    now = timezone.now()
    ChoreRun.objects.update_or_create(name=BACKUP, defaults={"tried_at": now, "done_at": now})
