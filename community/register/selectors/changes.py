"""What owners changed since their last published page, and where each change stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...moderation.models import ChangeRequest, FieldDecision
from ...moderation.services.steps import OPEN
from ..document import Change, build_document, changes_between, leader_of
from ..edit_classes import EditClass, edit_class
from ..models import Setting

Status = ChangeRequest.Status


@dataclass(frozen=True)
class Changes:
    """Changes that need review: not sent yet, or with the partnership now."""

    unsent: list[Change] = field(default_factory=list)
    waiting: list[Change] = field(default_factory=list)


def changes_of(setting: Setting) -> Changes:
    """What of the working copy differs from the published page and needs review; nothing for a setting never listed."""
    if setting.published is None:
        return Changes()
    document = build_document(setting)
    changed = changes_between(setting.published.document, document)
    reviewed = [change for change in changed if edit_class(change) != EditClass.INSTANT]
    request = open_request(setting)
    if request is None or request.status == Status.ASKED:
        return Changes(unsent=reviewed)
    newer = {change.path for change in changes_between(request.document, document)}
    return Changes(
        unsent=[change for change in reviewed if _touches(change.path, newer)],
        waiting=[change for change in reviewed if not _touches(change.path, newer)],
    )


def open_request(setting: Setting) -> ChangeRequest | None:
    """The submission that is not decided yet."""
    return setting.change_requests.filter(status__in=OPEN).first()


def questions_for(setting: Setting) -> list[FieldDecision]:
    """What officers ask before they decide, with their reasons."""
    request = setting.change_requests.filter(status=Status.ASKED).first()
    return leading(request.decisions.filter(verdict=FieldDecision.Verdict.ASK)) if request else []


def last_refusals(setting: Setting) -> list[FieldDecision]:
    """What was not accepted in the last decision, with the reasons."""
    request = setting.change_requests.filter(status=Status.DECIDED).order_by("-decided_at").first()
    return leading(request.decisions.filter(verdict=FieldDecision.Verdict.REFUSE)) if request else []


def leading(decisions: Iterable[FieldDecision]) -> list[FieldDecision]:
    """Without those on what follows from another field: a person has decided, and reads, one."""
    decisions = list(decisions)
    paths = {decision.path for decision in decisions}
    return [decision for decision in decisions if leader_of(decision.path, paths) is None]


def still_refused(setting: Setting) -> list[tuple[FieldDecision, Change]]:
    """What was not accepted in the last decision and still stands in the working copy, with the change that it is."""
    if setting.published is None or not (refusals := last_refusals(setting)):
        return []
    now = {change.path: change for change in changes_between(setting.published.document, build_document(setting))}
    return [(refusal, now[refusal.path]) for refusal in refusals if refusal.path in now]


def _touches(path: str, paths: set[str]) -> bool:
    """A whole new activity is one change; a later change inside it makes it new again."""
    return path in paths or any(other.startswith(f"{path}.") or path.startswith(f"{other}.") for other in paths)
