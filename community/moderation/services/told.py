"""What officers do with what the public told us: a listing that is wrong, a club that is missing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...directory.models import Lead, ListingReport
from ...errors import RegistryError
from ...register.enums import SettingState
from ...register.models import Setting
from ...register.services.mails import send
from ...register.services.records import new_slug


@transaction.atomic
def answer_report(*, report: ListingReport, status: str, reply: str, by: Any) -> ListingReport:
    """Say how far a report is. When it is done, whoever left an address gets the answer, and the address is forgotten.

    Raises:
        RegistryError: it is done already, or somebody waits for an answer and there is none.
    """
    report = ListingReport.objects.select_for_update(of=("self",)).select_related("setting").get(pk=report.pk)
    if report.status == ListingReport.Status.DONE:
        raise RegistryError(_("A colleague has closed this report already."))
    reply = reply.strip()
    is_done = status == ListingReport.Status.DONE
    if is_done and report.reply_to and not reply:
        raise RegistryError(_("This person asked for an answer. Write one or two sentences."))
    report.status, report.reply = status, reply
    if is_done:
        if report.reply_to:
            send(
                to=report.reply_to, subject=_("What you told us about a page"), template="report_answered", reply=reply,
                setting_name=report.setting.name,
            )  # fmt: skip
        report.closed_by, report.reply_to = by, ""
    report.save(update_fields=["status", "reply", "closed_by", "reply_to"])
    audit.record(action="community.answer_report", actor=by, subject=report, facts={"status": status})
    return report


@transaction.atomic
def settle_lead(*, lead: Lead, status: str, by: Any) -> Lead:
    """Known already, or no club of this kind: nothing more to do."""
    if status not in {Lead.Status.KNOWN, Lead.Status.DISMISSED}:
        raise RegistryError(_("Choose what is to be done."))
    lead.status = status
    lead.save(update_fields=["status", "name_key"])
    audit.record(action="community.settle_lead", actor=by, subject=lead, facts={"status": status})
    return lead


@transaction.atomic
def record_of_lead(*, lead: Lead, by: Any) -> Setting:
    """Make a private record of a club that parents asked for, from which somebody can be invited.

    Raises:
        RegistryError: it has one.
    """
    lead = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if lead.setting_id is not None:
        raise RegistryError(_("There is a record of this club already."))
    setting = Setting.objects.create(name=lead.name, slug=new_slug(lead.name), state=SettingState.KNOWN)
    lead.setting, lead.status = setting, Lead.Status.INVITED
    lead.save(update_fields=["setting", "status", "name_key"])
    audit.record(action="community.record_of_lead", actor=by, subject=setting, facts={"lead": lead.pk})
    return setting
