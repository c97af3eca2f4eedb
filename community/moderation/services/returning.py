"""What happens to a page when a suspension is lifted: it says what its owners saved meanwhile.

While it was down nothing of theirs went out, and they were not to notice. What needs no review, and that they confirmed it,
has to be there when the page comes back; the rest waits in their record as ever.
"""

from typing import Any

from django.db import transaction

from ...register.models import Setting
from ...signals import state_changed
from ..states import Act
from .publishing import republish
from .submissions import publish_instant_changes


def connect() -> None:
    """Listen, once."""
    state_changed.connect(_came_back, dispatch_uid="moderation.returning")


@transaction.atomic
def _came_back(sender: Any, setting_id: Any, act: Act, **kwargs: Any) -> None:
    if act != Act.LIFT:
        return
    setting = Setting.objects.select_related("published").get(pk=setting_id)
    if not publish_instant_changes(setting=setting, by=None):
        republish(setting=setting, by=None)
