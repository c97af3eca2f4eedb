"""Tasks that a worker had begun when it was killed: nobody else would ever finish them."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

logger = logging.getLogger("foundation.jobs")

LEFT_AFTER = timedelta(minutes=30)
"""No task of ours runs for so long but a release, and that refuses to run twice at the same time."""
MOST_TRIES = 3


def take_up_again() -> int:
    """Put tasks that have been running for too long back into the queue; how many. After three workers it is the task
    that kills them: it is marked as failed, and the log says so."""
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return 0
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    count = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - LEFT_AFTER):
        # Only if it is still as it was read: a worker may be finishing it at this moment.
        same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) >= MOST_TRIES:
            if same.update(status="FAILED", finished_at=now, exception_class_path="builtins.TimeoutError"):
                logger.error("a task was given up", extra={"event": "task_given_up", "task": task.task_path})
            continue
        if same.update(status="READY", started_at=None):
            count += 1
            logger.warning("a task was taken up again", extra={"event": "task_taken_up", "task": task.task_path})
    return count
