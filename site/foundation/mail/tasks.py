"""Background tasks of mail."""

from django_tasks import task

from .services import try_to_send


@task()
def send_message(message_id: int) -> bool:
    """Send one message of the outbox; its row holds what it says, the task only its number."""
    return try_to_send(message_id=message_id)
