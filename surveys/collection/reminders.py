"""Which waves' sealed rows are past their time."""

import datetime
import logging

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from ..fieldwork.enums import WaveState
from ..fieldwork.models import Wave

logger = logging.getLogger("surveys.collection")


def waves_to_empty(today: datetime.date | None = None) -> "QuerySet[Wave]":
    """Waves that ended so long ago that their sealed rows must go (`SURVEYS_KEEP_SEALED_DAYS`)."""
    last = (today or timezone.localdate()) - datetime.timedelta(days=settings.SURVEYS_KEEP_SEALED_DAYS)
    return Wave.objects.filter(state__in=[WaveState.CLOSED, WaveState.RELEASED], closed_on__lte=last)


def remind_of_old_rows() -> int:
    """Say in the log that sealed rows are past their time; how many waves. Nothing is deleted behind anybody's back."""
    count = waves_to_empty().count()
    if count:
        logger.warning(
            "sealed answers are past their time: run manage.py delete_sealed",
            extra={"event": "sealed_past_time", "count": count},
        )
    return count
