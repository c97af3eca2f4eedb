"""The worker of background tasks logs as the rest of the site does."""

import logging
from typing import Any

import pytest
from django.core.management import call_command

from foundation.mail.services import queue_mail

pytestmark = pytest.mark.django_db(transaction=True)  # a worker closes its connection
LOGGERS = ("django_tasks", "django_tasks_db")


@pytest.fixture
def levels(settings: Any) -> Any:
    """What LOGGING gave them; put back afterwards."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    yield before
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def work(**options: Any) -> None:
    call_command("db_worker", batch=True, startup_delay=False, **options)


def test_a_task_that_went_well_leaves_no_line(levels: Any, caplog: pytest.LogCaptureFixture) -> None:
    queue_mail(to="office@example.org", subject="Hello", text="Text")
    work(verbosity=1)
    assert {name: logging.getLogger(name).level for name in LOGGERS} == levels
    assert [record.name for record in caplog.records if record.name in LOGGERS] == []


def test_somebody_who_looks_for_a_fault_sees_each_task(levels: Any, caplog: pytest.LogCaptureFixture) -> None:
    queue_mail(to="office@example.org", subject="Hello", text="Text")
    work(verbosity=2)
    assert "django_tasks" in {record.name for record in caplog.records}
