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
from ...register.services.mails import send_taken_down
from ..models import ConcernFlag, StateChange
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
    _tell_if_agreed(flag.setting, by=by)
    return flag


@transaction.atomic
def look_again_later(*, flag: ConcernFlag, on: date, by: Any) -> ConcernFlag:
    """Looked at again, and it stays open: set the next day.

    Raises:
        RegistryError: the day has come already, or the flag is closed.
    """
    if on <= timezone.localdate():
        raise RegistryError(_("Choose a day that is still to come."))
    if not ConcernFlag.objects.filter(pk=flag.pk, closed_on__isnull=True).update(review_on=on):
        raise RegistryError(_("This flag is closed."))
    flag.review_on = on
    audit.record(
        action="community.concern_looked_at", actor=by, subject=flag.setting,
        facts={"flag": flag.pk, "next": on.isoformat()},
    )  # fmt: skip
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
    _tell_if_agreed(flag.setting, by=by)
    return flag


@transaction.atomic
def tell_of_suspension(*, setting: Setting, by: Any) -> None:
    """Tell the owners that their page is down, where no open concern stands against it: of a suspension without any flag,
    such as of a page that somebody else had got hold of, the lead says by this that it is agreed.

    Raises:
        RegistryError: it is not suspended, it was told already, or an open concern is not agreed yet.
    """
    if setting.state != SettingState.SUSPENDED or setting.told_of_suspension_at is not None:
        raise RegistryError(_("There is nothing to tell: the page is not down, or its owners know."))
    if not all(_agreements(setting)):
        raise RegistryError(_("An open concern is not agreed yet. Agree there first."))
    _tell_once(setting, by=by)


def owner_knows_of_suspension(setting: Setting) -> bool:
    """Whether the owners were told that their page is down: what page, mails and clocks go by."""
    return setting.state == SettingState.SUSPENDED and setting.told_of_suspension_at is not None


def _agreements(setting: Setting) -> list[bool]:
    """Of every open concern, whether it is agreed that the setting may be told."""
    rows = ConcernFlag.objects.filter(setting=setting, closed_on__isnull=True)
    return list(rows.values_list("safe_to_tell", flat=True))


def _tell_if_agreed(setting: Setting, *, by: Any) -> None:
    """The last agreement that was missing is the word to tell; without an open concern nobody has given one."""
    answers = _agreements(setting)
    if answers and all(answers):
        _tell_once(setting, by=by)


def _tell_once(setting: Setting, *, by: Any) -> None:
    """Tell the owners of the suspension, once: who sets the moment is who sends the mail."""
    untold = Setting.objects.filter(pk=setting.pk, state=SettingState.SUSPENDED, told_of_suspension_at__isnull=True)
    now = timezone.now()
    if not untold.update(told_of_suspension_at=now):
        return
    setting.told_of_suspension_at = now
    # From now on their history has it too.
    step = StateChange.objects.filter(setting=setting, act=Act.SUSPEND.value).first()
    if step is not None:
        StateChange.objects.filter(pk=step.pk).update(is_private=False)
    audit.record(action="community.told_of_suspension", actor=by, subject=setting)
    send_taken_down(setting=setting)
