"""What the public tells us is written here: a listing that is wrong, a club that is missing."""

from django.db import transaction
from django.db.models import F

from foundation.audit import services as audit

from .models import Lead, Listing, ListingReport, key_of_name

_MOST_ASKS = 30_000


@transaction.atomic
def report_listing(*, listing: Listing, topic: str, detail: str = "", reply_to: str = "") -> ListingReport:
    """Keep a report for the officers. The caller has asked first whether a child may be at risk."""
    report = ListingReport.objects.create(setting_id=listing.pk, topic=topic, detail=detail, reply_to=reply_to)
    audit.record(action="community.report_received", subject=report, facts={"topic": topic})
    return report


@transaction.atomic
def ask_for_club(*, name: str, where: str = "", web: str = "") -> Lead:
    """Note that somebody looked for a club in vain. The same name again only counts; nobody is told whether it is known."""
    lead = Lead.objects.select_for_update().filter(name_key=key_of_name(name)).first()
    if lead is None:
        lead = Lead.objects.create(name=name, where=where, web=web)
        audit.record(action="community.lead_noted", subject=lead)
        return lead
    if lead.asks < _MOST_ASKS:
        Lead.objects.filter(pk=lead.pk).update(asks=F("asks") + 1)
    lead.refresh_from_db()
    if (where and not lead.where) or (web and not lead.web):
        lead.where, lead.web = lead.where or where, lead.web or web
        lead.save(update_fields=["where", "web", "name_key"])
    return lead
