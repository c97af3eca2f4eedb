"""Mails that come back: counted once a delivery; after several for good, an address gets nothing more."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.audit import services as audit

from ..models import Contact, Delivery


@transaction.atomic
def count_bounce(*, delivery: Delivery) -> bool:
    """Write down that this mail came back for good. Whether it was news: reading a report twice counts once."""
    fresh = Delivery.objects.filter(pk=delivery.pk, bounced_at__isnull=True).update(bounced_at=timezone.now())
    if not fresh:
        return False
    contacts = Contact.objects.filter(pk=delivery.contact_id)
    contacts.update(hard_bounces=F("hard_bounces") + 1)
    over = contacts.filter(hard_bounces__gte=settings.NEWSLETTER_MOST_BOUNCES, suppressed_why="")
    if over.update(suppressed_at=timezone.now(), suppressed_why=Contact.Suppressed.BOUNCED):
        audit.record(action="newsletter.address_dead", subject=f"newsletter.contact:{delivery.contact_id}")
    return True
