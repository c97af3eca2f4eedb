"""The one-click "nothing has changed" of the reminder mail: signed, for one person, good until it was used once."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from foundation.accounts.models import User

from ..models import Setting
from ..selectors.standing import standing_of
from .standing import confirm

SALT = "community.register.confirm"
LASTS = timedelta(days=90)
"""From 30 days before the due date to 28 days after it, and some more."""


class ConfirmationDoesNotWork(Exception):
    """The link is forged, too old, of somebody who no longer looks after the setting, or of one off the register."""


class AlreadyConfirmed(ConfirmationDoesNotWork):
    """Somebody confirmed since the mail was sent."""


@dataclass(frozen=True)
class Confirmation:
    """Whose word, about which setting."""

    setting: Setting
    person: User


def confirmation_url(*, setting: Setting, person: Any) -> str:
    """The whole address for a mail to this person. It stops working once anybody confirms the setting."""
    token = signing.dumps([str(setting.pk), person.pk, _mark(setting)], salt=SALT, compress=True)
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("community:confirm_by_link", args=[token])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def look_at_confirmation(token: str) -> Confirmation:
    """What the link would confirm.

    Raises:
        AlreadyConfirmed, ConfirmationDoesNotWork.
    """
    try:
        setting_id, person_id, mark = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError) as error:
        raise ConfirmationDoesNotWork from error
    setting = Setting.objects.select_related("published").filter(pk=setting_id).first()
    person = User.objects.filter(pk=person_id, is_active=True, setting_memberships__setting=setting_id).first()
    if setting is None or person is None or not standing_of(setting).is_on_the_register:
        raise ConfirmationDoesNotWork
    if mark != _mark(setting):
        raise AlreadyConfirmed
    return Confirmation(setting, person)


def confirm_by_link(token: str) -> date:
    """Confirm; the link is used up by that. Returns the day by which to confirm again.

    Raises:
        AlreadyConfirmed, ConfirmationDoesNotWork.
    """
    confirmation = look_at_confirmation(token)
    return confirm(setting=confirmation.setting, by=confirmation.person)


def _mark(setting: Setting) -> str:
    return setting.confirmed_at.isoformat() if setting.confirmed_at else ""
