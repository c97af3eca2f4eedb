"""Publishing anew what stands in an older shape, after the shape of the public document changed.

Only what is in public now: a page that is hidden, lapsed or taken down stays as it is, and is seen to when it comes back.
A page of today's shape is left alone, so doing it twice does nothing twice.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from foundation.audit import services as audit

from ...register import document as documents
from ...register.enums import SettingState
from ...register.models import Setting
from ...register.shapes import is_of_today
from ...signals import state_changed
from .publishing import republish


def of_older_shape() -> Iterable[UUID]:
    """The keys of the settings in public whose page has an older shape. 1 query."""
    version = "published__document__version"
    older = Q(**{f"{version}__lt": documents.DOCUMENT_VERSION}) | Q(**{f"{version}__isnull": True})
    return list(Setting.objects.public().filter(older).order_by("pk").values_list("pk", flat=True))


def republish_older_shapes(*, by: Any = None) -> int:
    """Bring every page in public to today's shape; how many there were. Each page is a transaction of its own."""
    done = sum(_republish(key, by) for key in of_older_shape())
    if done:
        facts = {"pages": done, "version": documents.DOCUMENT_VERSION}
        audit.record(action="community.republish_shape", actor=by, facts=facts)
    return done


@transaction.atomic
def _republish(key: UUID, by: Any) -> bool:
    """Asks again with the row locked: a page that was taken down meanwhile stays down, and as it was."""
    setting = Setting.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if setting is None or not setting.is_public or setting.published is None:
        return False
    if is_of_today(setting.published.document):
        return False
    republish(setting=setting, by=by)
    return True


def connect() -> None:
    """See to a page when it comes back, once."""
    state_changed.connect(_came_back, dispatch_uid="moderation.reshaping")


def _came_back(sender: Any, setting_id: Any, to_state: SettingState, **kwargs: Any) -> None:
    if to_state == SettingState.LISTED:
        _republish(setting_id, None)
