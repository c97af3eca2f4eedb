"""Background tasks of the newsletter."""

from django_tasks import task

from .services.sending import send_leg_and_go_on


@task()
def send_issue(issue_id: int) -> int:
    """Send one leg of an issue; the next leg is a task of its own, so that other mail gets its turn."""
    return send_leg_and_go_on(issue_id=issue_id)
