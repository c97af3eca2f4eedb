"""Which of the settings that we know are listed, confirmed, self-assessed, trained, met and awarded.

A measure is a set of settings' keys, so that a number on the screen is the length of the list that it leads to. The
database hands the keys over packed, one line for a group: four queries, however many settings and attendances there
are, and one more for what languages are called.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date as Day
from functools import cached_property
from typing import Any

from django.db.models import CharField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...directory.models import Lead
from ...quality.models import Award, ChecklistItem, SelfAssessment
from ...register.enums import SettingState
from ...register.models import Membership, Setting
from .attendance import came_lately
from .dimensions import keys_in, labels, stored
from .packed import Packed, unpack

GONE = (SettingState.REMOVED, SettingState.DECLINED, SettingState.OUT_OF_SCOPE, SettingState.ARCHIVED)
MEASURES = {
    "run": _("have somebody who signs in"),
    "listed": _("are listed"),
    "confirmed": _("are listed and confirmed in time"),
    "assessed": _("checked themselves this year"),
    "trained": _("had somebody on a course in 24 months"),
    "met": _("came to one of the last three forums"),
    "awarded": _("hold an award"),
}
"""In the order in which a setting mostly gets there."""
IN_SHORT = {
    "run": _("Signs in"),
    "listed": _("Listed"),
    "confirmed": _("Confirmed"),
    "assessed": _("Checked themselves"),
    "trained": _("Course"),
    "met": _("Forum"),
    "awarded": _("Award"),
}
"""The measures as heads of narrow columns."""
GAPS = {
    "run": _("have nobody who signs in: we cannot reach them by the register"),
    "listed": _("are not listed, so no parent can find them here"),
    "confirmed": _("are not listed with details confirmed in time"),
    "assessed": _("have not checked themselves against the standard in the last year"),
    "trained": _("have had nobody on a course in the last 24 months"),
    "met": _("came to none of the last three forums"),
    "awarded": _("hold no award"),
}


@dataclass(frozen=True)
class Reach:
    """All settings that we know, by one dimension, and which of them have what."""

    dimension: str
    groups: dict[str, set[str]]
    """Group of the dimension -> its settings. A setting of two kinds is in both."""
    has: dict[str, set[str]]
    """Measure -> settings that have it."""
    items: dict[str, set[str]] = field(default_factory=dict)
    """Code of an item of the standard -> settings with somebody on a course for it lately."""
    questions: dict[str, str] = field(default_factory=dict)
    """Code of an item of the standard as it is now -> what it asks."""
    called: dict[str, str] = field(default_factory=dict)
    """Group of the dimension -> what it is called, where the same rows said it."""
    leads: int = 0
    """Clubs that parents asked for and nobody has looked into."""

    @cached_property
    def known(self) -> frozenset[str]:
        """All of them."""
        return frozenset().union(*self.groups.values())

    @property
    def total(self) -> int:
        return len(self.known)

    def count(self, measure: str) -> int:
        """How many have it."""
        return len(self.has[measure])


def known_settings() -> "QuerySet[Setting]":
    """Settings that we know: records that are closed, declined, removed or merged count nowhere."""
    return Setting.objects.filter(merged_into=None).exclude(state__in=GONE)


def reach(today: Day | None = None, dimension: str = "ward") -> Reach:
    """Everything at once, in four queries. Raises KeyError."""
    today = today or timezone.localdate()
    groups: dict[str, set[str]] = defaultdict(set)
    has: dict[str, set[str]] = {measure: set() for measure in MEASURES}
    called: dict[str, str] = {}
    in_time = Q(state=SettingState.LISTED, confirm_due__gte=today)
    parts: QuerySet[Any] = known_settings().order_by().annotate(**stored(dimension))
    rows = parts.values_list("stored", "stored_name", "state").annotate(
        all=Packed("pk"), in_time=Packed("pk", filter=in_time)
    )
    for value, name, state, packed, packed_in_time in rows:
        settings = unpack(packed)
        for key in keys_in(value):
            groups[key].update(settings)
        if name:
            called[str(value)] = name
        if state == SettingState.LISTED:
            has["listed"].update(settings)
            has["confirmed"].update(unpack(packed_in_time))
    came = came_lately(today)
    questions, leads = {}, 0
    for of, name, text in _lines(today):
        match of:
            case "held":
                has[name] = set(unpack(text))
            case "asks":
                questions[name] = text
            case _:
                leads = len(unpack(text))
    has["trained"], has["met"] = came.trained, came.met
    found = Reach(dimension, dict(groups), has, questions=questions, called=called, leads=leads)
    for measure in MEASURES:
        has[measure] &= found.known
    found.items.update({code: settings & found.known for code, settings in came.items.items()})
    return found


def _lines(today: Day) -> "QuerySet[Any]":
    """What is a line or a few each, in one query of (of, name, text): who has an owner, a self-assessment that counts and
    an award that runs (keys); what the items of the standard ask; which leads of parents are new (keys)."""

    def keys(rows: "QuerySet[Any]", of: str, name: str, field: str) -> "QuerySet[Any]":
        named = rows.order_by().annotate(line_of=Value(of, CharField()), line_name=Value(name, CharField()))
        return named.values_list("line_of", "line_name").annotate(line_text=Packed(field))

    assessed = SelfAssessment.objects.filter(submitted_at__isnull=False, expires_on__gte=today)
    awards = Award.objects.filter(Q(expires_on=None) | Q(expires_on__gte=today))
    items = (
        ChecklistItem.objects.filter(standard__is_current=True).order_by().annotate(line_of=Value("asks", CharField()))
    )
    return keys(Membership.objects.all(), "held", "run", "setting_id").union(
        keys(assessed, "held", "assessed", "setting_id"),
        keys(awards, "held", "awarded", "setting_id"),
        keys(Lead.objects.filter(status=Lead.Status.NEW), "leads", "", "pk"),
        items.values_list("line_of", Cast("code", TextField()), Cast("question", TextField())),
        all=True,
    )


@dataclass(frozen=True)
class Row:
    """One ward, kind, language or size: how many settings, and how many of them have each thing."""

    key: str
    label: str
    total: int
    counts: dict[str, int]


def by(found: Reach) -> list[Row]:
    """The measures group by group, the largest group first; settings of two kinds count in both. At most one query."""
    called = labels(found.dimension, known=found.called)
    rows = [
        Row(key, called.get(key, key), len(group), {measure: len(group & found.has[measure]) for measure in MEASURES})
        for key, group in found.groups.items()
    ]
    return sorted(rows, key=lambda row: (row.key == "", -row.total, row.label))
