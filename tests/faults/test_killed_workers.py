"""A worker is killed in the middle of a task: somebody else does it, and nobody does it for ever."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from foundation.jobs.left_behind import LEFT_AFTER, take_up_again
from foundation.mail import services
from foundation.mail.models import OutgoingMessage
from foundation.mail.services import queue_mail, send_due_messages

pytestmark = pytest.mark.django_db(transaction=True)  # a worker closes its connection


@pytest.fixture(autouse=True)
def with_a_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def worker():
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)


def killed_in_the_middle(minutes=31):
    """As `kill -9` leaves it: claimed, begun, and nobody there."""
    task = DBTaskResult.objects.get()
    task.claim("a-worker-that-is-gone")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=minutes))
    return task


def test_a_task_of_a_killed_worker_is_done_by_the_next_one_once():
    queue_mail(to="office@example.org", subject="Hello", text="Text")
    killed_in_the_middle()
    worker()
    assert not mail.outbox

    call_command("housekeeping")
    worker()
    worker()

    assert len(mail.outbox) == 1
    assert not OutgoingMessage.objects.exists()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_task_that_is_still_being_done_is_left_alone():
    queue_mail(to="office@example.org", subject="Hello", text="Text")
    killed_in_the_middle(minutes=int(LEFT_AFTER.total_seconds() / 60) - 1)

    assert take_up_again() == 0
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_task_that_kills_every_worker_is_given_up_and_said_so(caplog):
    queue_mail(to="office@example.org", subject="Hello", text="Text")
    for _worker in range(2):
        killed_in_the_middle()
        assert take_up_again() == 1
    killed_in_the_middle()

    assert take_up_again() == 0

    assert DBTaskResult.objects.get().status == "FAILED"
    assert [record.event for record in caplog.records if record.levelname == "ERROR"] == ["task_given_up"]


def test_a_message_whose_worker_was_killed_while_sending_goes_out_five_minutes_later(monkeypatch):
    message = queue_mail(to="office@example.org", subject="Hello", text="Text")

    def killed(_message):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(services, "_send", killed)
        with pytest.raises(KeyboardInterrupt):
            services.try_to_send(message_id=message.pk)

    assert send_due_messages() == 0, "it is still claimed"
    OutgoingMessage.objects.update(next_try_at=timezone.now())
    assert send_due_messages() == 1
    assert [each.subject for each in mail.outbox] == ["Hello"]
