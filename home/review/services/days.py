"""Takeover days: staff name the day and the group, whose questions then stand together."""

import datetime

from django.db import transaction

from foundation.accounts.models import User
from foundation.audit.services import record

from ..errors import NotNow
from ..models import TakeoverDay


@transaction.atomic
def name_day(*, on: datetime.date, group_name: str, about: str, by: User) -> TakeoverDay:
    """A day for this group.

    Raises:
        NotNow: the group has that day already.
    """
    day, is_new = TakeoverDay.objects.get_or_create(on=on, group_name=group_name, defaults={"about": about})
    if not is_new:
        raise NotNow("This group has that day already.")
    record(action="review.day_named", actor=by, subject=day, facts={"on": str(on)})
    return day


@transaction.atomic
def drop_day(*, day: TakeoverDay, by: User) -> None:
    """Take a day away that nobody has asked anything on.

    Raises:
        NotNow: there are questions of that day.
    """
    held = TakeoverDay.objects.select_for_update().get(pk=day.pk)
    if held.questions.exists():
        raise NotNow("Questions belong to this day, so it stays.")
    record(action="review.day_dropped", actor=by, subject=held)
    held.delete()
