"""Steps that owners take: hide, show, confirm, close. Each is possible exactly where they see that it is."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...clocks.dates import confirm_due_after
from ...errors import StepNotAllowed
from ...moderation.models import ChangeRequest, StateChange
from ...moderation.services.publishing import republish
from ...moderation.services.steps import OPEN, take_step
from ...moderation.services.submissions import publish_instant_changes
from ...moderation.states import STEPS, Act, Who
from ..enums import SettingState
from ..models import Setting
from ..selectors.standing import Standing, standing_of


def hide(*, setting: Setting, by: Any) -> None:
    """Take the listing out of public at once."""
    _take(setting=setting, act=Act.HIDE, by=by)


def show(*, setting: Setting, by: Any) -> None:
    """Put back what was hidden."""
    _take(setting=setting, act=Act.SHOW, by=by)


def close(*, setting: Setting, by: Any) -> None:
    """The setting has closed for good: it leaves the register, and only the partnership can open it again."""
    with transaction.atomic():
        _take(setting=setting, act=Act.CLOSE, by=by)
        # Of one that is suspended the step of the table is still to come; what waits goes now.
        setting.change_requests.filter(status__in=OPEN).update(
            status=ChangeRequest.Status.WITHDRAWN, decided_at=timezone.now()
        )


@transaction.atomic
def withdraw(*, setting: Setting, by: Any) -> None:
    """Take back what was sent and nobody has looked at yet, to change it."""
    refuse_if_suspended(setting)
    take_step(setting=setting, act=Act.WITHDRAW, by=by, who=Who.OWNER)
    setting.change_requests.filter(status__in=OPEN).update(
        status=ChangeRequest.Status.WITHDRAWN, decided_at=timezone.now()
    )


@transaction.atomic
def confirm(*, setting: Setting, by: Any) -> date:
    """Say that nothing has changed: the details count as confirmed from today, and a lapsed listing comes back.

    Returns the day by which they must be confirmed again.

    Raises:
        StepNotAllowed: the setting is not on the register.
    """
    setting = _locked(setting)
    standing = standing_of(setting)
    if not standing.is_on_the_register:
        raise StepNotAllowed(_("This setting is not on the register, so there is nothing to confirm."))
    now = timezone.now()
    setting.confirmed_at, setting.confirm_due = now, confirm_due_after(now)
    setting.version += 1
    setting.save(update_fields=["confirmed_at", "confirm_due", "version", "updated_at"])
    audit.record(action="community.confirm_details", actor=by, subject=setting)
    if setting.state != SettingState.SUSPENDED:
        republish(setting=setting, by=by)
    if standing.state == SettingState.LAPSED:
        _take(setting=setting, act=Act.CONFIRM, by=by)
    return setting.confirm_due


@transaction.atomic
def shut_for_now(*, setting: Setting, is_shut: bool, reopens_on: date | None, by: Any) -> None:
    """Say on the listing, at once, that the setting is shut for now or open again.

    Raises:
        StepNotAllowed: the setting is not on the register.
    """
    setting = _locked(setting)
    if not standing_of(setting).is_on_the_register:
        raise StepNotAllowed(_("This setting is not on the register."))
    setting.temporarily_closed = is_shut
    setting.reopens_on = reopens_on if is_shut else None
    setting.version += 1
    setting.save(update_fields=["temporarily_closed", "reopens_on", "version", "updated_at"])
    audit.record(action="community.shut_for_now", actor=by, subject=setting, facts={"is_shut": is_shut})
    publish_instant_changes(setting=setting, by=by)


@transaction.atomic
def _take(*, setting: Setting, act: Act, by: Any) -> None:
    setting = _locked(setting)
    standing = standing_of(setting)
    if setting.state != SettingState.SUSPENDED:
        take_step(setting=setting, act=act, by=by, who=Who.OWNER)
        return
    step = STEPS[act]
    if standing.is_taken_down or standing.state not in step.sources or Who.OWNER not in step.who:
        raise _not_from(standing)
    # The owner does not know of the suspension. Their step counts from the state that they see, which is also the one
    # that a lifted suspension leads back to.
    setting.state_before_suspension = step.target
    setting.version += 1
    setting.save(update_fields=["state_before_suspension", "version", "updated_at"])
    StateChange.objects.create(
        setting=setting, act=act.value, from_state=standing.state, to_state=step.target, by=by, reason=""
    )
    audit.record(
        action=f"community.{act.value}", actor=by, subject=setting,
        facts={"from": standing.state.value, "to": step.target.value, "while_suspended": True},
    )  # fmt: skip


def refuse_if_suspended(setting: Setting) -> None:
    """Before a step of the table that no suspended setting can take: refuse it in the words that fit what owners see.

    Raises:
        StepNotAllowed: it is suspended.
    """
    if Setting.objects.filter(pk=setting.pk, state=SettingState.SUSPENDED).exists():
        raise _not_from(standing_of(_locked(setting)))


def _not_from(standing: Standing) -> StepNotAllowed:
    """The very words of the state table's own refusal, with the state that owners see."""
    state = _("Not shown at the moment") if standing.is_taken_down else standing.state.label
    return StepNotAllowed(_("This cannot be done while the record is “%(state)s”.") % {"state": state})


def _locked(setting: Setting) -> Setting:
    return Setting.objects.held(setting.pk)
