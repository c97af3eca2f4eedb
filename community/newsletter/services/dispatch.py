"""When an issue goes out: at a time, now, not now, again; and whether it stands in the archive."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit
from foundation.jobs.queue import enqueue_after_commit
from foundation.mail.services import queue_mail

from ..enums import IssueKind
from ..errors import NewsletterError, NothingToSend, ReasonMissing, StepNotAllowed
from ..links import whole_address
from ..models import Issue, LinkCount, NewsletterSettings, ServiceDecision
from ..rendering import letter_of
from ..selectors.contacts import recipients_of
from ..states import DeliveryState, IssueState
from .issues import locked_draft, locked_issue


@transaction.atomic
def schedule(*, issue: Issue, at: datetime, by: Any) -> None:
    """Let it go out by itself.

    Raises:
        StepNotAllowed, NothingToSend, NewsletterError: the moment is over.
    """
    locked = locked_draft(issue)
    if at <= timezone.now():
        raise NewsletterError(_("Choose a moment that is still to come, or send it now."))
    _ready(locked)
    locked.state, locked.send_at, locked.last_fault = IssueState.SCHEDULED, at, ""
    locked.save()
    audit.record(action="newsletter.scheduled", actor=by, subject=locked)


@transaction.atomic
def back_to_draft(*, issue: Issue, by: Any) -> None:
    """Take a schedule back.

    Raises:
        StepNotAllowed: it is going out, or gone.
    """
    locked = locked_issue(issue)
    if locked.state != IssueState.SCHEDULED:
        raise StepNotAllowed(_("This issue does not wait for its time."))
    locked.state, locked.send_at = IssueState.DRAFT, None
    locked.save()
    audit.record(action="newsletter.unscheduled", actor=by, subject=locked)


@transaction.atomic
def start_sending(*, issue: Issue, by: Any, at_its_time: bool = False) -> None:
    """Fix the mail as it is now, put it into the archive, and begin. Pressing twice begins once.

    `at_its_time`: the clock asks, and not a person; somebody may have taken the schedule back, or moved it, this moment.

    Raises:
        StepNotAllowed: it has begun already, or its time is not now.
        NothingToSend: it is empty, or nobody would get it.
    """
    from ..tasks import send_issue

    locked = locked_issue(issue)
    if locked.state not in (IssueState.DRAFT, IssueState.SCHEDULED):
        raise StepNotAllowed(_("This issue is going out already, or is gone."))
    if at_its_time and (locked.send_at is None or locked.send_at > timezone.now()):
        raise StepNotAllowed(_("This issue does not wait for its time."))
    _ready(locked)
    now = timezone.now()
    locked.counts_clicks = counts_clicks_now()
    letter = letter_of(locked, counts_clicks=locked.counts_clicks)
    LinkCount.objects.bulk_create(
        LinkCount(issue=locked, number=number, url=url[:500]) for number, url in enumerate(letter.links)
    )
    locked.html, locked.text = letter.html, letter.text
    locked.state, locked.started_at, locked.next_try_at, locked.last_fault = IssueState.SENDING, now, None, ""
    locked.published_at = now
    locked.version += 1
    locked.save()
    audit.record(action="newsletter.sending", actor=by, subject=locked, facts={"kind": str(locked.kind)})
    enqueue_after_commit(send_issue, issue_id=locked.pk)


@transaction.atomic
def pause(*, issue: Issue, by: Any) -> None:
    """Stop between two mails.

    Raises:
        StepNotAllowed: it is not going out.
    """
    if not Issue.objects.filter(pk=issue.pk, state=IssueState.SENDING).update(state=IssueState.PAUSED):
        raise StepNotAllowed(_("This issue is not going out."))
    audit.record(action="newsletter.paused", actor=by, subject=issue)


@transaction.atomic
def resume(*, issue: Issue, by: Any) -> None:
    """Go on where it stopped, at once, also where the mail server was away.

    Raises:
        StepNotAllowed: there is nothing to go on with.
    """
    from ..tasks import send_issue

    going = Issue.objects.filter(pk=issue.pk, state__in=[IssueState.PAUSED, IssueState.SENDING])
    if not going.update(state=IssueState.SENDING, next_try_at=None, server_faults=0):
        raise StepNotAllowed(_("This issue is not waiting to go on."))
    audit.record(action="newsletter.resumed", actor=by, subject=issue)
    enqueue_after_commit(send_issue, issue_id=issue.pk)


@transaction.atomic
def retry(*, issue: Issue, unsure_too: bool, by: Any) -> int:
    """Send again to those that were given up; to those of whom nobody knows only where a person says so, for some of them
    may then get it twice. Returns how many wait again.

    Raises:
        StepNotAllowed: it never went out, or there is nobody to try again.
    """
    from ..tasks import send_issue

    locked = locked_issue(issue)
    if locked.started_at is None:
        raise StepNotAllowed(_("This issue has not gone out yet."))
    states = [DeliveryState.GIVEN_UP, *([DeliveryState.UNSURE] if unsure_too else [])]
    number = locked.deliveries.filter(state__in=states).update(state=DeliveryState.WAITING, tries=0, next_try_at=None)
    if not number:
        raise StepNotAllowed(_("There is nobody to try again."))
    locked.state, locked.next_try_at, locked.server_faults = IssueState.SENDING, None, 0
    locked.save()
    audit.record(
        action="newsletter.retried", actor=by, subject=locked, facts={"number": number, "unsure_too": unsure_too}
    )
    enqueue_after_commit(send_issue, issue_id=locked.pk)
    return int(number)


@transaction.atomic
def send_test(*, issue: Issue, by: Any) -> None:
    """One mail to the officer's own address, with links to stop that stop nothing."""
    letter = letter_of(issue).in_language()
    html, text = letter.for_reader(
        stop=whole_address("newsletter:subscribe"), preferences=whole_address("newsletter:subscribe")
    )
    queue_mail(to=by.email, subject=_("Test: %(subject)s") % {"subject": issue.subject}, text=text, html=html)


@transaction.atomic
def set_in_archive(*, issue: Issue, is_in: bool, by: Any) -> None:
    """Show an issue in the archive, or take it out."""
    locked = locked_issue(issue)
    locked.in_archive = is_in
    locked.save()
    audit.record(action="newsletter.archive", actor=by, subject=locked, facts={"shown": is_in})


def counts_clicks_now() -> bool:
    """Whether the setting is on for the site."""
    row = NewsletterSettings.objects.filter(site__is_default_site=True).first()
    return bool(row and row.count_clicks)


def _ready(issue: Issue) -> None:
    if not issue.intro.strip() and not issue.items.exists():
        raise NothingToSend(_("This issue is empty. Write first words, or put something in."))
    if issue.kind == IssueKind.SERVICE and not ServiceDecision.objects.filter(issue=issue).exists():
        raise ReasonMissing(_("First write down why this message may go to people who did not ask for it."))
    if not recipients_of(issue).exists():
        raise NothingToSend(_("Nobody would get this issue: nobody in its segment has agreed to mails of this kind."))
