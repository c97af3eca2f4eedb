"""Mail is written down first, tried again, and forgotten once sent; work waits for the commit."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from foundation.mail import services
from foundation.mail.models import OutgoingMessage
from foundation.mail.services import forget_old_messages, queue_mail, send_due_messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_server(monkeypatch: pytest.MonkeyPatch) -> Any:
    def refuse(message: Any) -> None:
        raise SMTPServerDisconnected("jane@example.org refused")

    monkeypatch.setattr(services, "_send", refuse)
    return monkeypatch


def queue() -> OutgoingMessage:
    return queue_mail(
        to="office@example.org", subject="Hello\r\nBcc: all@example.org", text="Text", reply_to="jane@example.org"
    )


def test_without_a_worker_it_is_sent_after_the_commit_and_forgotten(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue()
        assert not mail.outbox
    assert [message.reply_to for message in mail.outbox] == [["jane@example.org"]]
    assert mail.outbox[0].subject == "Hello Bcc: all@example.org"
    assert not OutgoingMessage.objects.exists()


def test_a_mail_server_that_is_away_loses_nothing(broken_server: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue()
    kept = OutgoingMessage.objects.get()
    assert (kept.text, kept.tries, kept.last_error) == ("Text", 1, "SMTPServerDisconnected")
    assert send_due_messages() == 0
    broken_server.undo()
    OutgoingMessage.objects.update(next_try_at=timezone.now())
    assert send_due_messages() == 1
    assert len(mail.outbox) == 1
    assert not OutgoingMessage.objects.exists()


def test_it_waits_longer_each_time(broken_server: Any) -> None:
    message = queue()
    waits = []
    for _time in range(7):
        OutgoingMessage.objects.update(next_try_at=timezone.now())
        services.try_to_send(message_id=message.pk)
        waits.append(round((OutgoingMessage.objects.get().next_try_at - timezone.now()).total_seconds()))
    assert waits == sorted(waits)
    assert waits[-1] == 86_400


def test_a_message_that_another_process_is_sending_is_left_alone() -> None:
    message = queue()
    OutgoingMessage.objects.update(next_try_at=timezone.now() + services.CLAIM)
    assert services.try_to_send(message_id=message.pk) is False
    assert not mail.outbox


def test_what_could_not_be_sent_for_a_month_is_forgotten() -> None:
    queue()
    OutgoingMessage.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert forget_old_messages() == 1


def test_housekeeping_sends_what_waits(broken_server: Any, capsys: pytest.CaptureFixture[str]) -> None:
    queue()
    broken_server.undo()
    call_command("housekeeping", "--all")
    assert len(mail.outbox) == 1
    assert "mail: send what waits: 1" in capsys.readouterr().out


def test_one_chore_that_breaks_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from foundation.registries.chores import Chore, chores

    def broken() -> int:
        raise RuntimeError("jane@example.org")

    monkeypatch.setitem(chores._entries, "aaa", Chore(broken))
    queue()
    call_command("housekeeping", "--all")
    assert len(mail.outbox) == 1
    assert "jane" not in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)  # the worker closes its connection, as a process of its own would
def test_with_a_worker_only_the_number_of_the_message_waits_in_the_queue(settings: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    message = queue()
    assert not mail.outbox
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {"message_id": message.pk}}
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
    assert len(mail.outbox) == 1
