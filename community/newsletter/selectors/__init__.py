"""Reads that more than one place needs, the outreach cockpit among them."""

from .contacts import consent_counts, contacts_of_settings, in_segment, recipients_of
from .issues import archive, delivery_counts

__all__ = ["archive", "consent_counts", "contacts_of_settings", "delivery_counts", "in_segment", "recipients_of"]
