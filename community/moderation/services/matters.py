"""What changed at once on a record and an officer should look at: brought up once, and seen by one of them."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import OwnSubmission, RegistryError
from ...register.models import Setting
from ..models import Matter
from ..thresholds import Threshold


@transaction.atomic
def bring_up(*, setting: Setting, about: str, by: Any) -> Matter:
    """Put it before the officers. What waits for them already is not put there twice."""
    matter, is_new = Matter.objects.get_or_create(setting=setting, about=about, seen_at=None)
    if is_new:
        audit.record(action="community.bring_up", actor=by, subject=setting, facts={"about": str(about)})
    return matter


@transaction.atomic
def bring_up_hours(*, setting: Setting, before: Collection[Threshold], after: Collection[Threshold], by: Any) -> None:
    """The public timetable changed: bring up each line that it may cross now and did not before. A line that it does not
    cross any more need not be looked at."""
    for threshold in Threshold:
        if threshold in after and threshold not in before:
            bring_up(setting=setting, about=threshold.value, by=by)
    over = [threshold.value for threshold in Threshold if threshold not in after]
    Matter.objects.filter(setting=setting, about__in=over, seen_at__isnull=True).delete()


@transaction.atomic
def have_seen(*, matter: Matter, by: Any) -> Matter:
    """An officer has looked at it.

    Raises:
        RegistryError: a colleague was quicker.
        OwnSubmission: the officer looks after the setting.
    """
    if matter.setting.memberships.filter(user=by).exists():
        raise OwnSubmission
    now = timezone.now()
    if not Matter.objects.filter(pk=matter.pk, seen_at__isnull=True).update(seen_by=by, seen_at=now):
        raise RegistryError(_("A colleague has looked at this already."))
    matter.seen_by, matter.seen_at = by, now
    audit.record(action="community.have_seen", actor=by, subject=matter.setting, facts={"about": matter.about})
    return matter
