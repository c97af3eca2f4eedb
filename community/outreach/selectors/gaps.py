"""What is missing, in words, each with the settings behind it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, time

from dateutil.relativedelta import relativedelta
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...programme.enums import BookingState
from ...programme.models import Booking, CourseDate, Credit
from ...quality.models import ChecklistItem
from .reach import GAPS, TRAINED_MONTHS, Reach

ITEM = "item-"
"""A gap about one item of the standard is named by this and its code."""


@dataclass(frozen=True)
class Gap:
    """`words` reads on from the numbers: "14 of 47 settings …". `settings`: who it is about."""

    key: str
    words: str
    settings: frozenset[str]
    total: int

    @property
    def sentence(self) -> str:
        """The whole of it."""
        return ngettext("%(count)d of %(total)d setting %(words)s", "%(count)d of %(total)d settings %(words)s", self.total) % {
            "count": len(self.settings), "total": self.total, "words": self.words,
        }  # fmt: skip


def gaps(found: Reach, credited: dict[str, set[str]]) -> list[Gap]:
    """Largest first, those that nobody has left out. `credited`: code of an item -> settings trained in it lately."""
    everybody = frozenset(one.pk for one in found.known)
    rows = [Gap(key, str(words), frozenset(found.without(key)), found.total) for key, words in GAPS.items()]
    questions = dict(
        ChecklistItem.objects.filter(standard__is_current=True, code__in=credited).values_list("code", "question")
    )
    for code, trained in credited.items():
        words = _("have had nobody on a course for %(code)s (%(question)s) in the last %(months)d months") % {
            "code": code, "question": questions.get(code, "").rstrip("?"), "months": TRAINED_MONTHS,
        }  # fmt: skip
        rows.append(Gap(ITEM + code, words, everybody - trained, found.total))
    return sorted((row for row in rows if row.settings), key=lambda row: -len(row.settings))


def gap_of(key: str, rows: Iterable[Gap]) -> Gap | None:
    """The gap of this name."""
    return next((row for row in rows if row.key == key), None)


def credited(today: Day | None = None) -> dict[str, set[str]]:
    """Code of an item of the standard -> settings with somebody whose training counts towards it now. One query."""
    since = (today or timezone.localdate()) - relativedelta(months=TRAINED_MONTHS)
    midnight = timezone.make_aware(datetime.combine(since, time.min))
    dates = CourseDate.objects.filter(starts_at__gte=midnight).order_by()
    came = Booking.objects.filter(state=BookingState.ATTENDED, setting__isnull=False, date__in=dates.values("pk"))
    rows = (
        Credit.objects.filter(booking__in=came.values("pk"))
        .annotate(of=Cast("booking__setting_id", TextField()))
        .order_by()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for code, setting in rows.values_list("item_code", "of").distinct():
        found[code].add(setting)
    return dict(found)
