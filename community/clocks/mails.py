"""The mails that the calendar sends to a setting's owners. None holds a private fact of the record."""

from datetime import date

from django.utils.translation import gettext as _

from ..quality.models import EvidenceCheck
from ..register.models import Setting
from ..register.services.confirmations import confirmation_url
from ..register.services.mails import address, send, to_members


def send_confirm_reminder(*, setting: Setting, today: date) -> None:
    """Is everything still right? Each person gets a link of their own that says so in one click."""
    link = address("community:setting", setting.pk)
    for membership in setting.memberships.select_related("user"):
        if membership.user.is_active:
            send(
                to=membership.user.email, subject=_("Is everything still right? %(name)s") % {"name": setting.name},
                template="reminder_confirm", link=link, setting_name=setting.name, due=setting.confirm_due,
                is_due=setting.confirm_due is not None and setting.confirm_due <= today,
                confirm_link=confirmation_url(setting=setting, person=membership.user),
            )  # fmt: skip


def send_lapsed(*, setting: Setting) -> None:
    """The listing is not shown until somebody confirms it: by the link of their own, in one click."""
    link = address("community:setting", setting.pk)
    for membership in setting.memberships.select_related("user"):
        if membership.user.is_active:
            send(
                to=membership.user.email, subject=_("Not shown until you confirm it: %(name)s") % {"name": setting.name},
                template="lapsed", link=link, setting_name=setting.name,
                confirm_link=confirmation_url(setting=setting, person=membership.user),
            )  # fmt: skip


def send_assess_reminder(*, setting: Setting, due: date) -> None:
    """It is a year since the setting last went through the safeguarding standard."""
    to_members(
        setting, subject=_("Time to look at the safeguarding standard again"), template="reminder_assess", due=due
    )


def send_evidence_reminder(*, setting: Setting, checks: list[EvidenceCheck]) -> None:
    """Something that parents can read on the listing is about to run out."""
    ending = sorted({(check.item.question, check.expires_on) for check in checks}, key=lambda pair: str(pair[1]))
    evidence = address("community:evidence", setting.pk)
    to_members(
        setting, subject=_("Something runs out soon"), template="reminder_evidence", ending=ending, evidence=evidence
    )
