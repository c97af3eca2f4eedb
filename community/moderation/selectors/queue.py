"""What waits for an officer, the riskiest and oldest first: to decide on, or to look at."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ...register.document import Document
from ...register.enums import Mode, SettingState, VenueKind
from ...register.models import SafeguardingContact, Setting
from ..models import ChangeRequest, Matter, Proposal
from ..services.steps import OPEN
from ..states import ON_THE_REGISTER, Act

UNDER_EIGHT = 8
OLD = timedelta(days=5)


@dataclass(frozen=True)
class QueueRow:
    """One thing to decide on, or to look at (`matter`). `risk` orders the queue; `reasons` say in words what it is made of."""

    setting: Setting
    what: str
    since: Any
    days: int
    request: ChangeRequest | None = None
    matter: Matter | None = None
    reasons: list[str] = field(default_factory=list)

    @property
    def risk(self) -> int:
        return len(self.reasons)

    @property
    def is_old(self) -> bool:
        return self.days >= OLD.days


def waiting(*, user: Any, only_mine: bool = False) -> list[QueueRow]:
    """What this person can act on, most reasons for care first, then the oldest. 4 queries, however much waits.

    What only a second person can decide is left out for the first.
    """
    rows = [*_submissions(user, only_mine), *_lifts(user, only_mine), *_matters(user, only_mine)]
    return sorted(rows, key=lambda row: (-row.risk, row.since))


def reviewable() -> "QuerySet[ChangeRequest]":
    """Submissions on which somebody can decide: of a record that was declined or has ended nothing waits, though what was
    sent is kept for a second look."""
    kind, state = ChangeRequest.Kind, "setting__state__in"
    return ChangeRequest.objects.filter(
        Q(kind=kind.FIRST, **{state: [SettingState.SUBMITTED, SettingState.IN_REVIEW, SettingState.CHANGES_REQUESTED]})
        | Q(kind=kind.EDIT, **{state: [*ON_THE_REGISTER, SettingState.SUSPENDED]}),
        status__in=OPEN,
    )


def _submissions(user: Any, only_mine: bool) -> list[QueueRow]:
    requests = _mine(
        reviewable()
        .filter(status__in=[ChangeRequest.Status.WAITING, ChangeRequest.Status.PROPOSED])
        .select_related("setting__assigned_to"),
        "setting__assigned_to",
        user if only_mine else None,
    )
    proposers = dict(Proposal.objects.filter(act=Act.LIST.value).values_list("setting_id", "by_id"))
    rows = []
    for request in requests:
        is_second = request.status == ChangeRequest.Status.PROPOSED
        if is_second and proposers.get(request.setting_id) == user.pk:
            continue
        first = request.kind == ChangeRequest.Kind.FIRST
        what = _("Second look") if is_second else _("New setting") if first else _("Changes")
        rows.append(
            QueueRow(
                setting=request.setting,
                what=what,
                since=request.submitted_at,
                days=_days(request.submitted_at),
                request=request,
                reasons=_reasons(request),
            )
        )
    return rows


def _lifts(user: Any, only_mine: bool) -> list[QueueRow]:
    proposals = _mine(
        Proposal.objects.filter(act=Act.LIFT.value, setting__state=SettingState.SUSPENDED)
        .exclude(by=user)
        .select_related("setting__assigned_to"),
        "setting__assigned_to",
        user if only_mine else None,
    )
    return [
        QueueRow(
            setting=proposal.setting,
            what=_("Show again after a suspension: second look"),
            since=proposal.at,
            days=_days(proposal.at),
            reasons=[_("was taken down")],
        )
        for proposal in proposals
    ]


def to_look_at() -> "QuerySet[Matter]":
    """What changed at once and no officer has seen yet, of records on the register. `names_somebody`: whether anybody is
    left to be called about a child."""
    return Matter.objects.filter(
        seen_at__isnull=True, setting__state__in=[*ON_THE_REGISTER, SettingState.SUSPENDED]
    ).annotate(names_somebody=Exists(SafeguardingContact.objects.filter(setting=OuterRef("setting"))))


def _matters(user: Any, only_mine: bool) -> list[QueueRow]:
    rows = to_look_at().exclude(setting__memberships__user=user).select_related("setting__assigned_to")
    return [
        QueueRow(
            setting=matter.setting,
            what=_("To look at"),
            since=matter.since,
            days=_days(matter.since),
            matter=matter,
            reasons=[short_words(matter)],
        )
        for matter in _mine(rows, "setting__assigned_to", user if only_mine else None)
    ]


def short_words(matter: Matter) -> str:
    """What it is about, in a few neutral words."""
    if matter.about == Matter.About.CONTACT and not matter.names_somebody:  # type: ignore[attr-defined]
        return _("nobody is named to call about a child")
    return {
        Matter.About.CONTACT: _("another safeguarding contact"),
        Matter.About.OFSTED: _("longer hours with children under 8"),
        Matter.About.SCHOOL: _("longer hours in the daytime"),
    }[Matter.About(matter.about)]


def _mine(rows: QuerySet, field_name: str, user: Any) -> QuerySet:
    return rows if user is None else rows.filter(**{field_name: user})


def _days(since: Any) -> int:
    return (timezone.now() - since).days


def _reasons(request: ChangeRequest) -> list[str]:
    """Why this deserves care first, in words."""
    document: Document = request.document
    activities = document.get("activities", {}).values()
    kinds = {venue.get("kind") for venue in document.get("venues", {}).values()}
    modes = {activity.get("mode") for activity in activities}
    checks = [
        (request.needs_recheck and request.kind == ChangeRequest.Kind.EDIT, _("changes what safety depends on")),
        (any((activity.get("age_min") or UNDER_EIGHT) < UNDER_EIGHT for activity in activities), _("under 8s")),
        (Mode.ONE_TO_ONE in modes, _("one to one")),
        (VenueKind.HOME in kinds, _("in a home")),
        (Mode.ONLINE in modes or VenueKind.ONLINE in kinds, _("online")),
    ]
    return [words for holds, words in checks if holds]
