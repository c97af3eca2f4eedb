"""Sending an issue: legs of some hundred mails, each recipient claimed before anything leaves, nothing sent twice.

A row is waiting, going, or done. It is claimed (going), and that is committed, before the mail server hears of it.
A worker that is killed leaves at most one row going; such a row becomes "unsure" later and is never sent again by itself.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone

from foundation.audit import services as audit
from foundation.jobs.queue import enqueue_after_commit

from ..carriers import Answer, Carrier, CarrierAway, Mail, Outcome, carrier_in_use
from ..enums import IssueKind
from ..errors import NewsletterError, StepNotAllowed
from ..models import Contact, Delivery, Issue
from ..selectors.contacts import recipients_of
from ..selectors.issues import delivery_counts
from ..states import DeliveryState, IssueState
from .bouncing import count_bounce
from .envelope import Envelope

logger = logging.getLogger("community.newsletter")

LEG = 200
BATCH = 25
CHUNK = 1_000
DEAD_AFTER = timedelta(minutes=10)
"""Longer than any answer of a mail server is waited for."""
SERVER_WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
MOST_SERVER_FAULTS = 24
MAIL_WAITS = [timedelta(minutes=minutes) for minutes in (15, 60, 240, 720)]


@dataclass
class Leg:
    """What one leg did."""

    sent: int = 0
    is_more: bool = False


def send_leg_and_go_on(*, issue_id: int) -> int:
    """A leg, and a task for the next one where a worker runs. Without a worker the chores go on with it."""
    from ..tasks import send_issue

    leg = send_leg(issue_id=issue_id)
    if leg.is_more and settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        enqueue_after_commit(send_issue, issue_id=issue_id)
    return leg.sent


def send_due_issues() -> int:
    """What the clock brings: scheduled issues begin, and those that stopped on the way go on. Says how many mails went."""
    from .dispatch import start_sending

    now = timezone.now()
    for issue in Issue.objects.filter(state=IssueState.SCHEDULED, send_at__lte=now):
        try:
            start_sending(issue=issue, by=None, at_its_time=True)
        except StepNotAllowed:
            continue  # a colleague began it, took it back or moved it this moment
        except NewsletterError as error:
            # It goes back to its writers, with the reason on its page.
            Issue.objects.filter(pk=issue.pk, state=IssueState.SCHEDULED).update(
                state=IssueState.DRAFT, send_at=None, last_fault=str(error)[:200]
            )
    sent = 0
    for issue_id in list(_due(now).values_list("pk", flat=True)):
        sent += _some_legs(issue_id)
    return sent


def send_leg(*, issue_id: int, carrier: Carrier | None = None, most: int = LEG) -> Leg:
    """Send up to `most` mails of an issue that is going out and not waiting for the mail server."""
    leg = Leg()
    issue = _due(timezone.now()).select_related("segment").filter(pk=issue_id).first()
    if issue is None:
        return leg
    _write_down_recipients(issue)
    _give_up_the_dead(issue)
    carrier = carrier or carrier_in_use()
    try:
        carrier.open()
        _carry(issue, carrier, leg, most)
    except CarrierAway as error:
        _back_off(issue, error.code)
    finally:
        carrier.close()
    if _end_if_done(issue):
        leg.is_more = False
    return leg


def _some_legs(issue_id: int) -> int:
    """As many legs as fit between two runs of the chores."""
    began, sent = timezone.now(), 0
    while timezone.now() - began < timedelta(minutes=3):
        leg = send_leg(issue_id=issue_id)
        sent += leg.sent
        if not leg.is_more:
            break
    return sent


def _due(now: datetime) -> "QuerySet[Issue]":
    return Issue.objects.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=now), state=IssueState.SENDING)


def _write_down_recipients(issue: Issue) -> None:
    """A row for each recipient, once. Stopped in the middle, it goes on where it was: a row can be written once."""
    if issue.prepared_at is not None:
        return
    numbers = list(recipients_of(issue).order_by("pk").values_list("pk", flat=True).distinct())
    for start in range(0, len(numbers), CHUNK):
        Delivery.objects.bulk_create(
            [Delivery(issue=issue, contact_id=number) for number in numbers[start : start + CHUNK]],
            ignore_conflicts=True,
        )
    issue.prepared_at = timezone.now()
    Issue.objects.filter(pk=issue.pk).update(prepared_at=issue.prepared_at)


def _give_up_the_dead(issue: Issue) -> None:
    """Rows that a worker was at when it died: nobody knows whether those mails left."""
    before = timezone.now() - DEAD_AFTER
    issue.deliveries.filter(state=DeliveryState.GOING, at__lte=before).update(state=DeliveryState.UNSURE)


def _carry(issue: Issue, carrier: Carrier, leg: Leg, most: int) -> None:
    envelope, taken = Envelope.of(issue), Taken()
    while leg.sent < most:
        batch = list(_waiting(issue)[: min(BATCH, most - leg.sent)])
        if not batch:
            return
        still = _still_agree(issue, [delivery.contact_id for delivery in batch])
        try:
            for delivery in batch:
                if delivery.contact_id not in still:
                    _move(delivery, DeliveryState.LEFT_OUT, only_from=DeliveryState.WAITING)
                elif _claim(delivery, taken):
                    leg.sent += _carry_one(issue, envelope.mail_to(delivery), delivery, carrier, taken)
                elif not Issue.objects.filter(pk=issue.pk, state=IssueState.SENDING).exists():
                    return  # paused
        finally:
            taken.write_down()
    leg.is_more = True


def _carry_one(issue: Issue, mail: Mail, delivery: Delivery, carrier: Carrier, taken: "Taken") -> int:
    try:
        answer = carrier.carry(mail)
    except CarrierAway:
        # It surely did not leave: it waits again, and the leg ends.
        _move(delivery, DeliveryState.WAITING, only_from=DeliveryState.GOING)
        raise
    if answer.outcome is not Outcome.TAKEN:
        _write_answer(delivery, answer)
        return 0
    taken.last = (delivery.pk, answer.code)
    if issue.server_faults:
        issue.server_faults = 0
        Issue.objects.filter(pk=issue.pk).update(server_faults=0, last_fault="")
    if issue.kind == IssueKind.SERVICE:
        taken.write_down()
        Contact.objects.filter(pk=delivery.contact_id).update(service_message_at=timezone.now())
    return 1


@dataclass
class Taken:
    """The last mail that the server took. It is written down together with the next claim: one commit a mail and not two,
    and still one row at most of which nobody knows when a worker is killed."""

    last: tuple[int, str] | None = None

    def write_down(self) -> None:
        if self.last is not None:
            number, code = self.last
            _run(SENT, DeliveryState.SENT, _now(), code, number)
            self.last = None


def _write_answer(delivery: Delivery, answer: Answer) -> None:
    now = timezone.now()
    if answer.outcome is Outcome.LATER:
        tries = delivery.tries + 1
        if tries > len(MAIL_WAITS):
            _move(delivery, DeliveryState.GIVEN_UP, code=answer.code)
        else:
            _move(delivery, DeliveryState.WAITING, code=answer.code, next_try_at=now + MAIL_WAITS[tries - 1])
        return
    is_refused = answer.outcome is Outcome.REFUSED
    _move(delivery, DeliveryState.REFUSED if is_refused else DeliveryState.UNSURE, code=answer.code)
    if is_refused and answer.is_about_address:
        count_bounce(delivery=delivery)


_ROWS, _ISSUES = Delivery._meta.db_table, Issue._meta.db_table
# As SQL: Django takes longer to write these two than the database takes to do them, and each is done once a mail.
SENT = f"UPDATE {_ROWS} SET state = %s, at = %s, code = %s WHERE id = %s"  # noqa: S608 - names of our own tables
CLAIM = (
    f"UPDATE {_ROWS} SET state = %s, at = %s, tries = tries + 1 WHERE id = %s AND state = %s "  # noqa: S608 - as above
    f"AND EXISTS (SELECT 1 FROM {_ISSUES} WHERE {_ISSUES}.id = {_ROWS}.issue_id AND {_ISSUES}.state = %s)"
)


def _claim(delivery: Delivery, taken: Taken) -> bool:
    """Whether this mail is ours to send: the database lets one worker have it, and none once the issue is paused.

    Durable: inside somebody else's transaction a kill would take the claim back, and the mail would go twice.
    """
    before, number = taken.last, delivery.pk
    try:
        with transaction.atomic(durable=True):
            taken.write_down()
            return bool(_run(CLAIM, DeliveryState.GOING, _now(), number, DeliveryState.WAITING, IssueState.SENDING))
    except DatabaseError:
        # What was written down went with the claim that failed: it is still to be said that the mail was taken.
        taken.last = before
        raise


def _run(statement: str, *values: Any) -> int:
    """How many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(value) if isinstance(value, TextChoices) else value for value in values])
        return int(cursor.rowcount)


def _now() -> Any:
    """This moment as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


def _move(delivery: Delivery, state: str, *, only_from: str = "", **others: object) -> None:
    rows = Delivery.objects.filter(pk=delivery.pk)
    if only_from:
        rows = rows.filter(state=only_from)
    rows.update(state=state, at=timezone.now(), **others)


def _waiting(issue: Issue) -> "QuerySet[Delivery]":
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=timezone.now())
    rows = Delivery.objects.filter(due, issue=issue, state=DeliveryState.WAITING).order_by("pk")
    return rows.select_related("contact").only(
        "id", "contact_id", "tries", "contact__email", "contact__key", "contact__language"
    )


def _still_agree(issue: Issue, contact_ids: list[int]) -> set[int]:
    """Who of them agrees at this moment: somebody who unsubscribed a minute ago gets nothing."""
    is_service = issue.kind == IssueKind.SERVICE
    rows = recipients_of(issue) if is_service else Contact.objects.agreed_to(issue.kind)
    return set(rows.filter(pk__in=contact_ids).values_list("pk", flat=True))


def _back_off(issue: Issue, code: str) -> None:
    """The mail server is away: the issue waits, longer each time; after a day of that it pauses for a person to look."""
    faults = issue.server_faults + 1
    wait = SERVER_WAITS[min(faults, len(SERVER_WAITS)) - 1]
    values: dict[str, object] = {
        "server_faults": faults, "last_fault": code[:80], "next_try_at": timezone.now() + wait,
    }  # fmt: skip
    if faults >= MOST_SERVER_FAULTS:
        values["state"] = IssueState.PAUSED
    Issue.objects.filter(pk=issue.pk, state=IssueState.SENDING).update(**values)
    logger.error(
        "the newsletter waits for the mail server",
        extra={"event": "newsletter_waits", "error": code, "count": faults},
    )


def _end_if_done(issue: Issue) -> bool:
    """Whether nothing waits any more; then the totals are written down."""
    open_rows = [DeliveryState.WAITING, DeliveryState.GOING]
    if issue.prepared_at is None or issue.deliveries.filter(state__in=open_rows).exists():
        return False
    with transaction.atomic():
        locked = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
        if locked.state != IssueState.SENDING:
            return True
        locked.state, locked.finished_at, locked.totals = IssueState.SENT, timezone.now(), delivery_counts(locked)
        locked.save()
        audit.record(action="newsletter.sent", subject=locked, facts=dict(locked.totals))
    return True
