"""Keeping a person's word that something is right."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..errors import RegistryError
from .listing import find_matter
from .models import Confirmation


class ReadsDifferently(RegistryError):
    """What the person looked at is gone, or says something else now."""

    def __init__(self) -> None:
        super().__init__(_("This was changed while you were reading. Look at it once more."))


@transaction.atomic
def confirm(*, key: str, fingerprint: str, by: Any) -> Confirmation:
    """Keep that this person looked at this thing today and found it right.

    Raises:
        ReadsDifferently: it does not say any more what they read.
    """
    matter = find_matter(key)
    if matter is None or matter.fingerprint != fingerprint:
        raise ReadsDifferently
    row, _made = Confirmation.objects.update_or_create(
        key=key, defaults={"fingerprint": fingerprint, "confirmed_on": timezone.localdate(), "confirmed_by": by}
    )
    audit.record(action="community.confirm_before_launch", actor=by, facts={"what": key})
    return row


@transaction.atomic
def take_back(*, key: str, by: Any) -> None:
    """It was not right after all."""
    if Confirmation.objects.filter(key=key).delete()[0]:
        audit.record(action="community.unconfirm_before_launch", actor=by, facts={"what": key})
