"""What is past its time: requests nobody confirmed, deliveries, contacts who agree to nothing, old articles."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation.audit import services as audit

from ..models import Consent, Contact, Delivery
from ..states import IssueState
from .articles import forget_old_articles
from .subscribing import forget_old_requests

CONTACT_KEPT = timedelta(days=730)
DELIVERY_KEPT = timedelta(days=365)
AT_ONCE = 1_000


def forget_what_is_past() -> int:
    """Delete what is past its time; how many things that were."""
    return forget_old_requests() + _deliveries() + _contacts() + forget_old_articles()


def _deliveries() -> int:
    """Who got which issue is forgotten after a year; the issue keeps its totals."""
    before = timezone.now() - DELIVERY_KEPT
    return Delivery.objects.filter(issue__state=IssueState.SENT, issue__finished_at__lt=before).delete()[0]


def _contacts() -> int:
    """People who have agreed to nothing for two years. Whoever asked us never to write stays, as an address and nothing
    else: forgetting it would let the next list bring it back."""
    now = timezone.now()
    agrees = Consent.objects.filter(contact=OuterRef("pk"), withdrawn_at__isnull=True)
    idle = Contact.objects.filter(~Exists(agrees), idle_since__lt=now - CONTACT_KEPT)
    asked = idle.filter(suppressed_why=Contact.Suppressed.ASKED)
    emptied = asked.exclude(name="", organisation="", source="").update(
        name="",
        organisation="",
        source="",
        setting_types=[],
        ward=None,
        setting=None,
        agency="",
        kind="other",
        language="",
    )
    gone = list(idle.exclude(suppressed_why=Contact.Suppressed.ASKED).values_list("pk", flat=True)[:AT_ONCE])
    if gone:
        Contact.objects.filter(pk__in=gone).delete()
        audit.record(action="newsletter.contacts_past_their_time", facts={"number": len(gone)})
    return len(gone) + emptied
