"""How many people are checked: counts, never names or certificates."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.audit import services as audit

from ...register.models import PeopleCheckSummary, Setting
from .assessments import locked


@transaction.atomic
def save_people_checks(
    *, setting: Setting, people: int, in_regulated_activity: int, checked: int, oldest_check_on: date | None, by: Any
) -> PeopleCheckSummary:
    """Keep the counts as of today. The database refuses more checked than people."""
    setting = locked(setting)
    row, _made = PeopleCheckSummary.objects.update_or_create(
        setting=setting,
        defaults={
            "people": people,
            "in_regulated_activity": in_regulated_activity,
            "checked_at_right_level": checked,
            "oldest_check_on": oldest_check_on,
            "as_of": timezone.localdate(),
        },
    )
    audit.record(action="community.save_people_checks", actor=by, subject=setting)
    return row
