"""When things fall due. "Today" is the day in London; whatever expires does so at London midnight."""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

CONFIRM_EVERY = relativedelta(months=6)
ASSESS_EVERY = relativedelta(years=1)
REMIND_DAYS_BEFORE = (30, 14, 3, 0)
EVIDENCE_REMIND_DAYS_BEFORE = (30, 0)
LAPSE_AFTER = timedelta(days=28)


def confirm_due_after(confirmed_at: datetime) -> date:
    """The day by which the details must be confirmed again."""
    return timezone.localdate(confirmed_at) + CONFIRM_EVERY
