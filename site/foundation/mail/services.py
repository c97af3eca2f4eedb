"""Puts messages into the outbox, and sends what is in it."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from foundation.jobs.queue import enqueue_after_commit

from .models import OutgoingMessage

logger = logging.getLogger("foundation.mail")

# After the first failure, the second, and so on; then every day.
WAITS = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=6),
]
LAST_WAIT = timedelta(days=1)
KEPT = timedelta(days=30)
# While one process sends a message no other may; if it dies, the message is free again after so long.
CLAIM = timedelta(minutes=5)
MOST_AT_ONCE = 100


def queue_mail(*, to: str, subject: str, text: str, reply_to: str = "", html: str = "") -> OutgoingMessage:
    """Write a message down and send it in the background. The subject is one line; `html` says the same as `text`.

    A message to nobody (`to=""`) takes the same steps and is then forgotten: where an answer must not tell whether an
    address is known, it costs as much as a real one.
    """
    from .tasks import send_message

    message = OutgoingMessage.objects.create(
        to=to, reply_to=reply_to, subject=" ".join(subject.split())[:250], text=text, html=html
    )
    enqueue_after_commit(send_message, message_id=message.pk)
    return message


def try_to_send(*, message_id: int) -> bool:
    """Send one message if it is due and nobody else is at it; forget it once sent. False where it stays."""
    now = timezone.now()
    claimed = OutgoingMessage.objects.filter(pk=message_id, next_try_at__lte=now).update(
        next_try_at=now + CLAIM, tries=F("tries") + 1
    )
    if not claimed:
        return False
    message = OutgoingMessage.objects.get(pk=message_id)
    try:
        if message.to:
            _send(message)
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that no mail can hold
        wait = WAITS[message.tries - 1] if message.tries <= len(WAITS) else LAST_WAIT
        message.next_try_at = timezone.now() + wait
        message.last_error = type(error).__name__
        message.save(update_fields=["next_try_at", "last_error"])
        logger.error(
            "a message could not be sent",
            extra={"event": "mail_not_sent", "error": type(error).__name__, "count": message.tries},
        )
        return False
    message.delete()
    return True


def send_due_messages() -> int:
    """Try everything that is due; says how many went out."""
    due = OutgoingMessage.objects.filter(next_try_at__lte=timezone.now()).order_by("next_try_at")
    numbers = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(try_to_send(message_id=number) for number in numbers)


def forget_old_messages() -> int:
    """Delete what could not be sent for a month, and say so in the log: it holds what somebody wrote."""
    old = OutgoingMessage.objects.filter(created_at__lt=timezone.now() - KEPT)
    count, _by_model = old.delete()
    if count:
        logger.error("messages were given up", extra={"event": "mail_given_up", "count": count})
    return count


def _send(message: OutgoingMessage) -> None:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    mail.send()
