"""Awards that others gave: settings name them, officers check them, parents see what was checked and still runs."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import OwnSubmission, RegistryError
from ...moderation.services.publishing import republish
from ...register.models import Setting
from ..models import Award, AwardScheme
from .assessments import locked

MAX_AWARDS = 20


@transaction.atomic
def add_award(
    *,
    setting: Setting,
    scheme: AwardScheme,
    level: str,
    reference: str,
    issued_on: date | None,
    expires_on: date | None,
    url: str,
    by: Any,
) -> Award:
    """Name an award. It is not public before an officer has checked it.

    Raises:
        RegistryError: it is named already, or there are too many.
    """
    setting = locked(setting)
    if setting.awards.count() >= MAX_AWARDS:
        raise RegistryError(_("Twenty awards are the most. Remove one first."))
    if setting.awards.filter(scheme=scheme, level=level).exists():
        raise RegistryError(_("You have named this award already. Remove it first to change it."))
    award = Award.objects.create(
        setting=setting, scheme=scheme, level=level, reference=reference, issued_on=issued_on, expires_on=expires_on,
        url=url,
    )  # fmt: skip
    audit.record(action="community.add_award", actor=by, subject=setting, facts={"scheme": scheme.code})
    return award


@transaction.atomic
def remove_award(*, award: Award, by: Any) -> None:
    """Take an award off the record, and off the listing at once."""
    setting = locked(award.setting)
    audit.record(action="community.remove_award", actor=by, subject=setting, facts={"scheme": award.scheme.code})
    award.delete()
    republish(setting=setting, by=by)


@transaction.atomic
def verify_award(*, award: Award, is_right: bool, by: Any) -> None:
    """Say that an award was checked with its issuer, or that it is not known any more.

    Raises:
        OwnSubmission: the officer looks after the setting.
        RegistryError: it has run out.
    """
    award = (
        Award.objects.select_for_update(of=("self",)).select_related("setting__published", "scheme").get(pk=award.pk)
    )
    if award.setting.memberships.filter(user=by).exists():
        raise OwnSubmission
    today = timezone.localdate()
    if is_right and award.expires_on is not None and award.expires_on < today:
        raise RegistryError(_("This award has run out, so parents would not see it."))
    award.verified_on, award.verified_by = (today, by) if is_right else (None, None)
    award.save(update_fields=["verified_on", "verified_by"])
    action = "community.verify_award" if is_right else "community.doubt_award"
    audit.record(action=action, actor=by, subject=award.setting, facts={"scheme": award.scheme.code})
    republish(setting=award.setting, by=by)
