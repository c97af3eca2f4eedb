"""Hands a task to the background once its facts are in the database."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.base import Task


def enqueue_after_commit(task: Task[Any, Any], **arguments: Any) -> None:
    """Run `task` after the current transaction, so that it never looks for a row that is not there yet, nor acts on one
    that was rolled back. Arguments are numbers and words that point to rows, never what a person typed: the queue
    keeps them in its table.

    With a worker (BACKGROUND_WORKER=1) it runs there; without one it runs here, after the commit. A task that fails
    does not break the page either way: it is logged, and what it must not lose stands in a table of its own.
    """
    transaction.on_commit(partial(task.enqueue, **arguments), robust=True)
