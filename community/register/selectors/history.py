"""What happened to a setting, as its owners may read it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...moderation.models import ChangeRequest, FieldDecision, StateChange
from ...moderation.states import Act
from ..models import Setting
from .changes import leading

WORDS = {
    Act.CLAIM: gettext_lazy("You took this record over"),
    Act.SUBMIT: gettext_lazy("Sent to the partnership"),
    Act.WITHDRAW: gettext_lazy("Taken back by you"),
    Act.TAKE_UP: gettext_lazy("The partnership began to check it"),
    Act.ASK: gettext_lazy("The partnership sent questions"),
    Act.LIST: gettext_lazy("Listed"),
    Act.DECLINE: gettext_lazy("Not listed"),
    Act.SAY_OUT_OF_SCOPE: gettext_lazy("Not an out-of-school setting"),
    Act.LOOK_AGAIN: gettext_lazy("The partnership looks at it again"),
    Act.HIDE: gettext_lazy("Hidden by you"),
    Act.SHOW: gettext_lazy("Shown again by you"),
    Act.LAPSE: gettext_lazy("Not confirmed in time, so not shown"),
    Act.CONFIRM: gettext_lazy("Confirmed, and shown again"),
    Act.SUSPEND: gettext_lazy("Not shown at the moment"),
    Act.LIFT: gettext_lazy("Shown again"),
    Act.REMOVE: gettext_lazy("Removed from the register"),
    Act.CLOSE: gettext_lazy("Closed for good"),
    Act.MERGE: gettext_lazy("Put together with another record of the same setting"),
    Act.REOPEN: gettext_lazy("Opened again by the partnership"),
}
NEUTRAL = {Act.SUSPEND, Act.LIFT}
"""Never with a reason. They are private until the setting was told of the suspension."""


@dataclass(frozen=True)
class Happening:
    """One line of the history. `decisions`: fields asked about or not accepted, each with its reason."""

    at: datetime
    words: str
    reason: str = ""
    decisions: tuple[FieldDecision, ...] = ()


def history_of(setting: Setting) -> list[Happening]:
    """Steps and decisions, newest first. What is marked private is never among them."""
    happenings = [*_steps(setting), *_edits(setting)]
    return sorted(happenings, key=lambda happening: happening.at, reverse=True)


def _steps(setting: Setting) -> list[Happening]:
    steps = []
    for change in StateChange.objects.filter(setting=setting, is_private=False):
        act = Act(change.act)
        reason = "" if act in NEUTRAL else change.reason
        steps.append(Happening(change.at, str(WORDS[act]), reason))
    return steps


def _edits(setting: Setting) -> list[Happening]:
    found = []
    for request in setting.change_requests.prefetch_related("decisions"):
        decisions = leading(each for each in request.decisions.all() if each.verdict != FieldDecision.Verdict.ACCEPT)
        if request.kind == ChangeRequest.Kind.EDIT:
            found.append(Happening(request.submitted_at, _("You sent changes")))
        if request.status == ChangeRequest.Status.DECIDED and request.decided_at:
            words = _("Changes decided") if request.kind == ChangeRequest.Kind.EDIT else _("First page decided")
            found.append(Happening(request.decided_at, words, "", tuple(decisions)))
        elif request.status == ChangeRequest.Status.ASKED and decisions:
            found.append(Happening(max(each.at for each in decisions), _("Questions"), "", tuple(decisions)))
    return found
