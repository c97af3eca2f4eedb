"""Concern flags: that something was referred, and what it means for the listing. For the safeguarding lead alone."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import RegistryError
from ...register.enums import SettingState
from ...register.models import Setting
from ...register.selectors.standing import may_be_told
from ...register.services.mails import send_taken_down
from ..models import ConcernFlag
from ..states import Act, Who
from .steps import take_step


@transaction.atomic
def raise_concern(*, setting: Setting, by: Any, **fields: Any) -> ConcernFlag:
    """Record that a concern was referred; taking the listing down is part of it where that was decided.

    `fields` are those of `ConcernFlag`. The reason that history keeps for the suspension is neutral and private.
    """
    flag = ConcernFlag.objects.create(setting=setting, raised_by=by, **fields)
    audit.record(
        action="community.concern_raised", actor=by, subject=setting,
        facts={"flag": flag.pk, "category": flag.category, "decision": flag.listing_decision},
    )  # fmt: skip
    if flag.listing_decision == ConcernFlag.ListingDecision.SUSPEND and setting.state != SettingState.SUSPENDED:
        take_step(
            setting=setting, act=Act.SUSPEND, by=by, who=Who.LEAD, private=True,
            reason=_("Taken down while something is looked into."),
        )  # fmt: skip
    return flag


@transaction.atomic
def allow_telling(*, flag: ConcernFlag, by: Any) -> ConcernFlag:
    """Note that the designated officer or the police have agreed that the setting may be told."""
    flag.safe_to_tell = True
    flag.save(update_fields=["safe_to_tell"])
    audit.record(action="community.concern_may_tell", actor=by, subject=flag.setting, facts={"flag": flag.pk})
    _tell_once(flag.setting)
    return flag


@transaction.atomic
def close_concern(*, flag: ConcernFlag, outcome: str, by: Any, on: date | None = None) -> ConcernFlag:
    """Close a flag with its outcome for the listing.

    Raises:
        RegistryError: no outcome was given.
    """
    if not outcome.strip():
        raise RegistryError(_("Say what it meant for the listing."))
    flag.outcome, flag.closed_on = outcome.strip(), on or timezone.localdate()
    flag.save(update_fields=["outcome", "closed_on"])
    audit.record(action="community.concern_closed", actor=by, subject=flag.setting, facts={"flag": flag.pk})
    # It may be the last one that kept the others' agreement from being used.
    _tell_once(flag.setting)
    return flag


def owner_may_know_of_suspension(setting: Setting) -> bool:
    """Whether the owner may be told that the listing is down, by page, mail or clock: the lead has ticked it for every
    open flag (without a flag nobody has), or it was told before."""
    return setting.state == SettingState.SUSPENDED and may_be_told(setting)


def _tell_once(setting: Setting) -> None:
    """Tell the owners of the suspension where they may know, once: who sets the moment is who sends the mail."""
    if not may_be_told(setting):
        return
    untold = Setting.objects.filter(pk=setting.pk, state=SettingState.SUSPENDED, told_of_suspension_at__isnull=True)
    now = timezone.now()
    if untold.update(told_of_suspension_at=now):
        setting.told_of_suspension_at = now
        send_taken_down(setting=setting)
