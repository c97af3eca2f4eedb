"""How far settings came, quarter by quarter, and the figures of a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, time
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from ...directory.models import Lead
from ...moderation.models import StateChange
from ...newsletter.models import Article, Issue
from ...newsletter.selectors import consent_counts
from ...newsletter.states import IssueState
from ...programme.enums import BookingState, Kind
from ...programme.models import Booking
from ...programme.selectors.reach import figures
from ...quality.models import Award, SelfAssessment
from ...register.enums import SettingState
from ..models import Note
from .reach import known_settings

QUARTERS = 8
FEW = 5
"""Counts of people below this are not told, as everywhere else where they concern people."""


@dataclass(frozen=True)
class Stage:
    """How many settings had got to a stage by the end of each quarter."""

    label: str
    counts: list[int]


@dataclass(frozen=True)
class Funnel:
    """`ends`: last days of the quarters, the last one today."""

    ends: list[Day]
    stages: list[Stage]


def funnel(today: Day | None = None) -> Funnel:
    """Settings that we know now, by when each first got to a stage. Six queries, one for a stage."""
    today = today or timezone.localdate()
    first = Day(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    starts = [first - relativedelta(months=3 * back) for back in range(QUARTERS)]
    ends = sorted([today, *(start - relativedelta(days=1) for start in starts[:-1])])
    ours = known_settings()
    changed = StateChange.objects.filter(setting__in=ours)
    came = Booking.objects.filter(state=BookingState.ATTENDED, setting__in=ours)

    def firsts(rows: object, when: str) -> dict[UUID, datetime]:
        found = rows.values("setting_id").annotate(first=Min(when)).order_by()  # type: ignore[attr-defined]
        return {row["setting_id"]: row["first"] for row in found if row["first"] is not None}

    reached = {
        _("Sent their details"): firsts(changed.filter(to_state=SettingState.SUBMITTED), "at"),
        _("Listed"): firsts(changed.filter(to_state=SettingState.LISTED), "at"),
        _("Checked themselves"): firsts(SelfAssessment.objects.filter(setting__in=ours), "submitted_at"),
        _("Came to a forum"): firsts(came.filter(date__course__kind=Kind.FORUM), "date__starts_at"),
        _("Came to a course"): firsts(came.filter(date__course__kind=Kind.TRAINING), "date__starts_at"),
    }
    known = dict(ours.order_by().values_list("pk", "created_at"))
    # A record that was merged since the first of these queries is not known any more, and counts in no stage.
    reached = {
        label: {pk: moment for pk, moment in moments.items() if pk in known} for label, moments in reached.items()
    }
    for moments in reached.values():
        # Whoever came to a forum was known then, though the record was typed in later.
        for pk, moment in moments.items():
            known[pk] = min(known[pk], moment)
    stages = [(_("Known to us"), known), *reached.items()]
    return Funnel(ends, [Stage(label, _by(ends, moments.values())) for label, moments in stages])


def _by(ends: list[Day], moments: Iterable[datetime]) -> list[int]:
    days = [timezone.localdate(moment) for moment in moments]
    return [sum(1 for day in days if day <= end) for end in ends]


@dataclass(frozen=True)
class Figure:
    """One line of the annual report. `is_people`: a small number of people is not told."""

    group: str
    label: str
    value: int
    is_people: bool = False

    @property
    def is_told(self) -> bool:
        """Whether the number may be shown."""
        return not self.is_people or self.value == 0 or self.value >= FEW

    @property
    def shown(self) -> str:
        """As the report has it."""
        if not self.is_told:
            return _("fewer than %(few)d") % {"few": FEW}
        return f"{self.value:,}"


def report(*, since: Day, until: Day) -> list[Figure]:
    """What was done from one day to another, both included, and where the register stood when it was asked."""
    year = figures(since=since, until=until)
    span = (_midnight(since), timezone.make_aware(datetime.combine(until, time.max)))
    alive = known_settings()
    register, done, programme = _("Register, today"), _("Register, in this time"), _("Forums and training")
    mail, work = _("Newsletter"), _("Other work")
    listed = alive.filter(state=SettingState.LISTED)
    lines = [
        Figure(register, _("Settings that we know"), alive.count()),
        Figure(register, _("Of these listed"), listed.count()),
        Figure(register, _("Wards with a listed setting"), listed.exclude(ward=None).values("ward").distinct().count()),
        Figure(done, _("Listed for the first time"), _newly_listed(span)),
        Figure(done, _("Self-assessments sent"), SelfAssessment.objects.filter(submitted_at__range=span).count()),
        Figure(done, _("Awards given"), Award.objects.filter(issued_on__range=(since, until)).count()),
    ]  # fmt: skip
    for kind in Kind:
        lines.append(Figure(programme, _("%(kind)s: dates held") % {"kind": kind.label}, year.held.get(kind, 0)))
        lines.append(
            Figure(programme, _("%(kind)s: people who came") % {"kind": kind.label}, year.people.get(kind, 0), True)
        )
    sent = Issue.objects.filter(state=IssueState.SENT, finished_at__range=span)
    lines += [
        Figure(programme, _("Settings from which somebody came"), year.settings),
        Figure(mail, _("Issues and messages sent"), sent.count()),
        Figure(mail, _("Articles that organisations sent in"), Article.objects.filter(sent_at__range=span).count()),
        Figure(mail, _("Readers of the newsletter, today"), consent_counts().get("newsletter", 0), True),
        Figure(work, _("Visits"), Note.objects.filter(kind=Note.Kind.VISIT, happened_on__range=(since, until)).count()),
        Figure(work, _("Mentoring talks"), Note.objects.filter(kind=Note.Kind.MENTORING, happened_on__range=(since, until)).count()),
        Figure(work, _("Clubs that parents told us of"), Lead.objects.filter(first_asked_on__range=(since, until)).count()),
    ]  # fmt: skip
    return lines


def _newly_listed(span: tuple[datetime, datetime]) -> int:
    rows = StateChange.objects.filter(to_state=SettingState.LISTED).values("setting").annotate(first=Min("at"))
    return rows.filter(first__range=span).count()


def _midnight(day: Day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
