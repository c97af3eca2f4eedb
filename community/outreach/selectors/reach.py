"""Which of the settings that we know are listed, confirmed, self-assessed, trained, met and awarded.

A measure is a set of settings' keys. There are eight queries, however many settings and attendances there are: rows of
the register are read as plain tuples, and lists of kinds and languages as the text that is stored, because most
settings share one of few such texts.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Ward

from ...programme.enums import Kind
from ...programme.selectors.reach import came_to, last_forums
from ...quality.models import Award, SelfAssessment
from ...register.enums import SettingState, SettingType, Size
from ...register.lists import labels_of
from ...register.models import ListEntry, Membership, Setting

GONE = (SettingState.REMOVED, SettingState.DECLINED, SettingState.OUT_OF_SCOPE, SettingState.ARCHIVED)
TRAINED_MONTHS = 24
FORUMS = 3

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
GAPS = {
    "run": _("have nobody who signs in: we cannot reach them by the register"),
    "listed": _("are not listed, so no parent can find them here"),
    "confirmed": _("are not listed with details confirmed in time"),
    "assessed": _("have not checked themselves against the standard in the last year"),
    "trained": _("have had nobody on a course in the last 24 months"),
    "met": _("came to none of the last three forums"),
    "awarded": _("hold no award"),
}
DIMENSIONS = {"ward": _("Ward"), "type": _("Kind"), "language": _("Language"), "size": _("Size")}


@dataclass(frozen=True)
class Known:
    """A setting as far as the cockpit needs it."""

    pk: str
    """Its key as the database writes it: ten thousand UUIDs would cost more than all the rest."""
    ward: int | None
    types: str
    languages: str
    size: str


@dataclass(frozen=True)
class Reach:
    """All settings that we know, and which of them have what."""

    known: list[Known]
    has: dict[str, set[str]]
    wards: dict[int, str] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    """Code of a language -> its name."""

    @property
    def total(self) -> int:
        return len(self.known)

    def count(self, measure: str) -> int:
        """How many have it."""
        return len(self.has[measure])

    def without(self, measure: str) -> set[str]:
        """Those who do not."""
        return {one.pk for one in self.known} - self.has[measure]


def reach(today: Day | None = None) -> Reach:
    """Everything at once, for the cockpit. Eight queries."""
    today = today or timezone.localdate()
    alive = Setting.objects.filter(merged_into=None).exclude(state__in=GONE)
    has: dict[str, set[str]] = {"listed": set(), "confirmed": set()}
    known = []
    rows = alive.annotate(kinds=Cast("types", TextField()), spoken=Cast("languages", TextField())).order_by()
    for pk, state, due, ward, kinds, spoken, paid, unpaid in rows.annotate(key=Cast("pk", TextField())).values_list(
        "key", "state", "confirm_due", "ward_id", "kinds", "spoken", "staff_paid", "staff_volunteers"
    ):
        known.append(Known(pk, ward, kinds or "[]", spoken or "[]", _size(paid, unpaid)))
        if state == SettingState.LISTED:
            has["listed"].add(pk)
            if due is not None and due >= today:
                has["confirmed"].add(pk)
    ours = {one.pk for one in known}
    has["run"] = ours & _settings(Membership.objects.all())
    assessed = SelfAssessment.objects.filter(submitted_at__isnull=False, expires_on__gte=today)
    has["assessed"] = ours & _settings(assessed)
    has["trained"] = ours & _came(kind=Kind.TRAINING, since=today - relativedelta(months=TRAINED_MONTHS))
    forums = last_forums(FORUMS)
    has["met"] = ours & _came(kind=Kind.FORUM, since=min(one.day for one in forums)) if forums else set()
    awards = Award.objects.filter(Q(expires_on=None) | Q(expires_on__gte=today))
    has["awarded"] = ours & _settings(awards)
    return Reach(known, has, dict(Ward.objects.values_list("pk", "name")), labels_of(ListEntry.Kind.LANGUAGE))


def _settings(rows: "QuerySet[Any]") -> set[str]:
    return set(rows.order_by().annotate(of=Cast("setting_id", TextField())).values_list("of", flat=True).distinct())


def _came(*, kind: str, since: Day) -> set[str]:
    return _settings(came_to(kind=kind, since=since))


def _size(paid: int | None, unpaid: int | None) -> str:
    if paid is None and unpaid is None:
        return ""
    people = (paid or 0) + (unpaid or 0)
    return Size.LONE if people <= 1 else Size.SMALL if people <= 4 else Size.LARGE


@dataclass(frozen=True)
class Row:
    """One ward, kind, language or size: how many settings, and how many of them have each thing."""

    key: str
    label: str
    total: int
    counts: dict[str, int]


def by(dimension: str, found: Reach) -> list[Row]:
    """The measures group by group, the largest group first; settings of two kinds count in both. Raises KeyError."""
    keys_of, label_of = _READERS[dimension]
    members: dict[str, list[str]] = defaultdict(list)
    read: dict[str, list[str]] = {}
    for one in found.known:
        stored = keys_of(one)
        if stored not in read:
            read[stored] = _keys(stored)
        for key in read[stored]:
            members[key].append(one.pk)
    rows = []
    for key, group in members.items():
        counts = {measure: sum(1 for pk in group if pk in found.has[measure]) for measure in MEASURES}
        rows.append(Row(key, label_of(key, found), len(group), counts))
    return sorted(rows, key=lambda row: (row.key == "", -row.total, row.label))


def members_of(dimension: str, key: str, found: Reach) -> set[str]:
    """The settings of one group. Raises KeyError."""
    keys_of, _label_of = _READERS[dimension]
    return {one.pk for one in found.known if key in _keys(keys_of(one))}


def _keys(stored: str) -> list[str]:
    if stored.startswith("["):
        return [str(key) for key in json.loads(stored)] or [""]
    return [stored]


def _label_of_ward(key: str, found: Reach) -> str:
    return found.wards.get(int(key), "") if key else str(_("No ward yet"))


def _label_of_type(key: str, found: Reach) -> str:
    return str(dict(SettingType.choices).get(key, key)) if key else str(_("No kind yet"))


def _label_of_language(key: str, found: Reach) -> str:
    return found.spoken.get(key, key) if key else str(_("None told"))


def _label_of_size(key: str, found: Reach) -> str:
    return str(Size(key).label) if key else str(_("Not told"))


_READERS: dict[str, tuple[Callable[[Known], str], Callable[[str, Reach], str]]] = {
    "ward": (lambda one: str(one.ward or ""), _label_of_ward),
    "type": (lambda one: one.types, _label_of_type),
    "language": (lambda one: one.languages, _label_of_language),
    "size": (lambda one: one.size, _label_of_size),
}
