"""Sending what owners wrote to the partnership."""

from typing import Any

from django.db import transaction

from ...errors import RegistryError
from ...moderation.models import ChangeRequest
from ...moderation.services.submissions import (
    drop_what_was_taken_back,
    publish_instant_changes,
    send_edits,
    submit_first,
)
from ..enums import SettingState
from ..models import Setting
from ..selectors.changes import changes_of
from .records import accept_terms
from .standing import refuse_if_suspended

TERMS_VERSION = "2026-11"
"""Of `templates/community/register/terms.html`; a new text is a new version."""


class TermsNotAccepted(RegistryError):
    """A record is sent only with the terms accepted."""


@transaction.atomic
def send_first(*, setting: Setting, by: Any, has_accepted: bool) -> ChangeRequest:
    """Send a new record, and keep which terms were accepted.

    Raises:
        TermsNotAccepted, NotComplete, StepNotAllowed.
    """
    if not has_accepted:
        raise TermsNotAccepted
    refuse_if_suspended(setting)
    accept_terms(setting=setting, version=TERMS_VERSION, by=by)
    return submit_first(setting=setting, by=by)


def publish_what_may(*, setting: Setting, by: Any) -> None:
    """After a save: put out the changes that need no review, and take back from the officers what was put back.

    A record that is not on the register publishes nothing.
    """
    setting = Setting.objects.select_related("published").get(pk=setting.pk)
    publish_instant_changes(setting=setting, by=by)
    drop_what_was_taken_back(setting=setting)


def send_changes(*, setting: Setting, by: Any) -> None:
    """Publish what may go out at once, and put the rest before the officers."""
    setting = Setting.objects.select_related("published").get(pk=setting.pk)
    if setting.state == SettingState.SUSPENDED and not changes_of(setting).unsent:
        # Changes that would show at once wait inside: sending them for review would tell the owner that something is up.
        return
    send_edits(setting=setting, by=by)
