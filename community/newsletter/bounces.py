"""Reports of mails that came back (RFC 3464), read with the standard library.

A report counts only when it quotes a Message-ID that we signed: nobody can have somebody else's address struck off by
writing a report by hand.
"""

import email
import email.errors
import email.policy
from dataclasses import dataclass
from email.message import Message

from .links import delivery_of_message
from .models import Delivery
from .services.bouncing import count_bounce

MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Report:
    """What a report says about one of our mails."""

    delivery_id: int
    is_for_good: bool
    status: str


def read_report(content: bytes) -> Report | None:
    """The report, or None: no report, not about a mail of ours, or about nothing that failed."""
    message = email.message_from_bytes(content[:MOST_BYTES], policy=email.policy.compat32)
    delivery_id = _quoted_delivery(message)
    if delivery_id is None:
        return None
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            action = str(block.get("Action", "")).strip().lower()
            status = "".join(char for char in str(block.get("Status", "")) if char.isprintable()).strip()[:9]
            if action == "failed":
                return Report(delivery_id, is_for_good=status.startswith("5"), status=status)
    return None


def take_report(content: bytes) -> str:
    """Act on one report. Answers "counted", "for now" (it may still arrive), "known", or "not ours".

    What cannot be read is not ours: anybody can write to that address, and one mail must not stop those behind it.
    """
    try:
        report = read_report(content)
    except (RecursionError, ValueError, email.errors.MessageError):
        # A thousand mails inside each other, for example: no server that reports a bounce writes such a thing.
        return "not ours"
    delivery = Delivery.objects.filter(pk=report.delivery_id).first() if report else None
    if report is None or delivery is None:
        return "not ours"
    if not report.is_for_good:
        return "for now"
    Delivery.objects.filter(pk=delivery.pk, code="").update(code=report.status)
    return "counted" if count_bounce(delivery=delivery) else "known"


def _quoted_delivery(message: Message) -> int | None:
    """The delivery whose Message-ID stands in what was sent back: the whole mail, or its headers."""
    for part in message.walk():
        kind = part.get_content_type()
        found = None
        if kind == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner:
                found = inner[0].get("Message-ID")  # type: ignore[union-attr]
        elif kind == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found = email.message_from_bytes(payload).get("Message-ID")
        if found and (number := delivery_of_message(str(found))) is not None:
            return number
    return None


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
