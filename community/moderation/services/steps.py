"""Taking a step of the state table: who may, what it needs, what it leaves behind."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import OwnSubmission, ReasonMissing, SamePersonTwice, StepNotAllowed
from ...register.enums import SettingState
from ...register.models import Setting
from ...signals import state_changed
from ..models import ChangeRequest, ConcernFlag, Proposal, StateChange
from ..states import STEPS, Act, Step, Who

ENDS_THE_RECORD = {Act.CLOSE, Act.REMOVE, Act.MERGE}
"""After these nothing waits to be decided any more."""
OPEN = (ChangeRequest.Status.WAITING, ChangeRequest.Status.ASKED, ChangeRequest.Status.PROPOSED)


@transaction.atomic
def propose_step(*, setting: Setting, act: Act, by: Any, who: Who, reason: str = "") -> Proposal:
    """The first word of a step that takes two people. A second proposal by the same person changes nothing.

    Raises:
        StepNotAllowed, ReasonMissing, OwnSubmission: as for `take_step`.
        SamePersonTwice: someone else has proposed it already, so taking it is what remains to be done.
    """
    setting = _locked(setting)
    step = _checked(setting=setting, act=act, by=by, who=who, reason=reason)
    if not step.two_people:
        raise StepNotAllowed(_("This step needs one person only."))
    proposal, made = Proposal.objects.get_or_create(
        setting=setting, act=act.value, defaults={"by": by, "reason": reason}
    )
    if made:
        audit.record(action=f"community.propose_{act.value}", actor=by, subject=setting, note=reason)
    return proposal


@transaction.atomic
def take_step(*, setting: Setting, act: Act, by: Any, who: Who, reason: str = "", private: bool = False) -> Setting:
    """Move a setting along the state table, and write history and audit trail.

    `by` is None for the clock. Steps of two people need a proposal by somebody else. A suspension is private until its
    owners were told of it (`concerns`), and so is its end where they never were.

    Raises:
        StepNotAllowed: not in the table from this state, or not for this kind of person.
        ReasonMissing: the step needs a reason and there is none.
        OwnSubmission: the person looks after the setting, or sent the open submission.
        SamePersonTwice: a step of two people without the word of another person.
    """
    setting = _locked(setting)
    step = _checked(setting=setting, act=act, by=by, who=who, reason=reason)
    if step.two_people:
        _need_second_person(setting=setting, act=act, by=by)
    before = SettingState(setting.state)
    if act == Act.SUSPEND or (act == Act.LIFT and setting.told_of_suspension_at is None):
        private = True
    setting.state = _target(setting, step)
    setting.state_since = timezone.now()
    _follow(setting, act, before)
    setting.version += 1
    setting.save(
        update_fields=[
            "state", "state_since", "state_before_suspension", "told_of_suspension_at", "published", "merged_into",
            "confirm_due", "version", "updated_at",
        ]
    )  # fmt: skip
    StateChange.objects.create(
        setting=setting, act=act.value, from_state=before, to_state=setting.state, by=by, reason=reason,
        is_private=private,
    )  # fmt: skip
    audit.record(
        action=f"community.{act.value}", actor=by, subject=setting, note=reason,
        facts={"from": before.value, "to": str(setting.state)},
    )  # fmt: skip
    change = {"setting_id": setting.pk, "act": act, "from_state": before, "to_state": SettingState(setting.state)}
    transaction.on_commit(lambda: state_changed.send(sender=Setting, **change))
    return setting


def _follow(setting: Setting, act: Act, before: SettingState) -> None:
    """What goes with a step; the caller saves the setting."""
    # What was proposed for the old state does not hold for the new one.
    setting.proposals.all().delete()
    if act == Act.SUSPEND:
        setting.state_before_suspension = before
        # That the owners might be told was agreed before anybody knew of this suspension: it has to be agreed anew.
        ConcernFlag.objects.filter(setting=setting, closed_on__isnull=True).update(safe_to_tell=False)
    elif before == SettingState.SUSPENDED:
        setting.state_before_suspension, setting.told_of_suspension_at = "", None
    if act in ENDS_THE_RECORD:
        setting.change_requests.filter(status__in=OPEN).update(
            status=ChangeRequest.Status.WITHDRAWN, decided_at=timezone.now()
        )
    if act == Act.REOPEN:
        # It begins anew: all of it is read again, and what the public saw stays in its snapshots.
        setting.published, setting.merged_into, setting.confirm_due = None, None, None


def _locked(setting: Setting) -> Setting:
    """The setting as the database holds it now, locked where the database can, so that two deciders take turns."""
    return Setting.objects.held(setting.pk)


def _target(setting: Setting, step: Step) -> SettingState:
    """Where a step leads: lifting a suspension back to where it came from, so that what the owner had hidden stays
    hidden; and a record that nobody ever sent, or that nobody looks after, to the known ones, from which it is claimed."""
    if step.act == Act.LIFT and setting.state_before_suspension:
        return SettingState(setting.state_before_suspension)
    if step.act == Act.LOOK_AGAIN:
        last = setting.state_changes.filter(to_state=setting.state).first()
        if last is not None and last.from_state == SettingState.KNOWN:
            return SettingState.KNOWN
    if step.act == Act.REOPEN and not setting.memberships.exists():
        return SettingState.KNOWN
    return step.target


def _checked(*, setting: Setting, act: Act, by: Any, who: Who, reason: str) -> Step:
    step = STEPS[act]
    if setting.state not in step.sources or who not in step.who:
        raise StepNotAllowed(
            _("This cannot be done while the record is “%(state)s”.") % {"state": setting.get_state_display()}
        )
    if step.needs_reason and not reason.strip():
        raise ReasonMissing
    if step.not_own and by is not None and _is_own(setting, by):
        raise OwnSubmission
    if step.independent and _had_a_part(setting, by):
        raise SamePersonTwice
    if act == Act.REMOVE and _would_tell(setting):
        raise StepNotAllowed(
            _(
                "Its owners do not know yet that the page is down, and removing it would tell them. Ask the safeguarding lead."
            )
        )
    return step


def _would_tell(setting: Setting) -> bool:
    """Whether this step would show owners a suspension before the lead has agreed to that."""
    is_secret = setting.state == SettingState.SUSPENDED and setting.told_of_suspension_at is None
    return is_secret and setting.memberships.exists()


def _is_own(setting: Setting, by: Any) -> bool:
    sent = setting.change_requests.filter(submitted_by=by, status__in=["waiting", "asked", "proposed"])
    return setting.memberships.filter(user=by).exists() or sent.exists()


def _had_a_part(setting: Setting, by: Any) -> bool:
    """Whether this person took the decision that is to be looked at again, or proposed it."""
    last = setting.state_changes.filter(to_state=setting.state).first()
    return last is not None and last.by_id == by.pk


def _need_second_person(*, setting: Setting, act: Act, by: Any) -> None:
    proposal = Proposal.objects.filter(setting=setting, act=act.value).first()
    if proposal is None or proposal.by_id == by.pk:
        raise SamePersonTwice
