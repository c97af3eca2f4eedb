"""Submissions: an owner sends, officers decide field by field, what was accepted is published."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...clocks.dates import confirm_due_after
from ...errors import ChangedMeanwhile, OwnSubmission, ReasonMissing, RegistryError, SamePersonTwice
from ...register.completeness import missing_sections
from ...register.document import (
    DOCUMENT_VERSION,
    Change,
    Document,
    apply_changes,
    blank_document,
    build_document,
    changes_between,
)
from ...register.edit_classes import EditClass, edit_class, topics_to_recheck
from ...register.enums import SettingState
from ...register.models import Setting
from ...register.shapes import in_todays_shape
from ..models import ChangeRequest, FieldDecision
from ..states import Act, Who
from .publishing import publish
from .rechecks import reopen_checks
from .steps import propose_step, take_step

Verdict = FieldDecision.Verdict
Status = ChangeRequest.Status
OPEN = (Status.WAITING, Status.ASKED, Status.PROPOSED)
EDITABLE_ON_THE_REGISTER = (SettingState.LISTED, SettingState.HIDDEN, SettingState.LAPSED)


@transaction.atomic
def submit_first(*, setting: Setting, by: Any) -> ChangeRequest:
    """Send a new record to the partnership, as it stands now.

    Raises:
        NotComplete: a needed section is missing.
        StepNotAllowed: it was sent already, or is past that.
    """
    missing_sections(setting, stop=True)
    setting = take_step(setting=setting, act=Act.SUBMIT, by=by, who=Who.OWNER)
    return _open_request(setting=setting, kind=ChangeRequest.Kind.FIRST, by=by)


@transaction.atomic
def send_edits(*, setting: Setting, by: Any) -> ChangeRequest | None:
    """Publish what may go out at once, and put the rest before the officers; None where nothing needs them.

    The old snapshot stays in public while the rest waits.
    """
    setting = Setting.objects.select_for_update(of=("self",)).select_related("published").get(pk=setting.pk)
    if setting.published is None:
        return None
    publish_instant_changes(setting=setting, by=by)
    waiting = changes_between(setting.published.document, build_document(setting))
    if not waiting:
        setting.change_requests.filter(status__in=OPEN).update(status=Status.WITHDRAWN, decided_at=timezone.now())
        return None
    return _open_request(setting=setting, kind=ChangeRequest.Kind.EDIT, by=by)


@transaction.atomic
def publish_instant_changes(*, setting: Setting, by: Any) -> bool:
    """Publish the changes that need no review; whether there were any. Suspended settings publish nothing."""
    if setting.published is None or setting.state not in EDITABLE_ON_THE_REGISTER:
        return False
    public = setting.published.document
    changes = changes_between(public, build_document(setting))
    instant = [change for change in changes if edit_class(change) == EditClass.INSTANT]
    document = apply_changes(public, instant)
    if not changes_between(public, document):
        return False
    publish(setting=setting, document=document, by=by)
    return True


def _open_request(*, setting: Setting, kind: str, by: Any) -> ChangeRequest:
    """The one open submission of a setting, renewed where there is one: decisions on fields that changed are void."""
    document = build_document(setting)
    base = setting.published
    changes = changes_between(base.document if base else blank_document(), document)
    request = ChangeRequest.objects.select_for_update().filter(setting=setting, status__in=OPEN).first()
    if request is None:
        request = ChangeRequest(setting=setting, kind=kind)
    else:
        touched = {change.path for change in changes_between(request.document, document)}
        request.decisions.filter(path__in=touched).delete()
        request.decisions.filter(verdict=Verdict.ASK).delete()
        request.version += 1
        setting.proposals.filter(act=Act.LIST.value).delete()
    request.document, request.base, request.submitted_by = document, base, by
    request.status, request.submitted_at = Status.WAITING, timezone.now()
    request.needs_recheck = any(topics_to_recheck(change) for change in changes)
    request.save()
    audit.record(action="community.send", actor=by, subject=setting, facts={"request": str(request.pk)})
    return request


def open_changes(request: ChangeRequest) -> list[Change]:
    """The changed fields of a submission, against what the public sees today."""
    published = request.setting.published
    return changes_between(published.document if published else blank_document(), request.document)


@transaction.atomic
def decide_fields(
    *, request: ChangeRequest, verdicts: dict[str, tuple[str, str]], by: Any, seen_version: int
) -> ChangeRequest:
    """Record verdicts: path -> (verdict, reason). Paths that the submission does not change are refused.

    Raises:
        ChangedMeanwhile: the owner or a colleague changed the submission since this person read it.
        ReasonMissing: an "ask" or "refuse" without a reason.
        OwnSubmission: the reviewer looks after the setting or sent it.
    """
    request = _locked(request, seen_version)
    _refuse_own(request, by)
    known = {change.path for change in open_changes(request)}
    if not known.issuperset(verdicts):
        raise ChangedMeanwhile
    if any(verdict != Verdict.ACCEPT and not reason.strip() for verdict, reason in verdicts.values()):
        raise ReasonMissing
    # One statement: a first submission has some forty fields.
    FieldDecision.objects.bulk_create(
        [
            FieldDecision(request=request, path=path, verdict=verdict, reason=reason.strip(), by=by)
            for path, (verdict, reason) in verdicts.items()
        ],
        update_conflicts=True,
        unique_fields=["request", "path"],
        update_fields=["verdict", "reason", "by", "at"],
    )
    request.version += 1
    request.save(update_fields=["version"])
    audit.record(action="community.decide_fields", actor=by, subject=request.setting, facts={"fields": len(verdicts)})
    return request


@transaction.atomic
def conclude(*, request: ChangeRequest, by: Any, who: Who, seen_version: int) -> ChangeRequest:
    """Act on the verdicts: ask the owner, or publish what was accepted. A first listing takes two people.

    After the first person's word the submission is `proposed`; the second person's call publishes.

    Raises:
        RegistryError: a field has no verdict yet.
        SamePersonTwice: the second word came from the first person.
        ChangedMeanwhile, OwnSubmission: as for `decide_fields`.
    """
    request = _locked(request, seen_version)
    _refuse_own(request, by)
    changes = open_changes(request)
    decisions = {decision.path: decision for decision in request.decisions.all()}
    if undecided := [change.path for change in changes if change.path not in decisions]:
        raise RegistryError(_("%(count)d fields still need a decision.") % {"count": len(undecided)})
    if any(decisions[change.path].verdict == Verdict.ASK for change in changes):
        return _send_back(request=request, decisions=list(decisions.values()), by=by, who=who)
    accepted = [change for change in changes if decisions[change.path].verdict == Verdict.ACCEPT]
    if request.kind == ChangeRequest.Kind.FIRST:
        return _conclude_first(request=request, accepted=accepted, by=by, who=who)
    return _publish_edit(request=request, accepted=accepted, by=by)


def _send_back(*, request: ChangeRequest, decisions: list[FieldDecision], by: Any, who: Who) -> ChangeRequest:
    reasons = " ".join(decision.reason for decision in decisions if decision.verdict == Verdict.ASK)
    if request.kind == ChangeRequest.Kind.FIRST:
        take_step(setting=request.setting, act=Act.ASK, by=by, who=who, reason=reasons)
    return _close(request=request, status=Status.ASKED, by=by)


def _conclude_first(*, request: ChangeRequest, accepted: list[Change], by: Any, who: Who) -> ChangeRequest:
    setting = request.setting
    proposal = setting.proposals.filter(act=Act.LIST.value).first()
    if proposal is None:
        propose_step(setting=setting, act=Act.LIST, by=by, who=who)
        return _close(request=request, status=Status.PROPOSED, by=by)
    if proposal.by_id == by.pk:
        raise SamePersonTwice
    now = timezone.now()
    setting.confirmed_at = now
    setting.confirm_due = confirm_due_after(now)
    setting.save(update_fields=["confirmed_at", "confirm_due"])
    publish(setting=setting, document=_whole(apply_changes(blank_document(), accepted), setting), by=by)
    take_step(setting=setting, act=Act.LIST, by=by, who=who)
    return _close(request=request, status=Status.DECIDED, by=by)


def _whole(document: Document, setting: Setting) -> Document:
    """A first document has its fixed parts whatever was accepted."""
    return {"version": DOCUMENT_VERSION, "id": str(setting.pk), "slug": setting.slug, "name": setting.name, **document}


def _publish_edit(*, request: ChangeRequest, accepted: list[Change], by: Any) -> ChangeRequest:
    setting = request.setting
    document = apply_changes(in_todays_shape(setting.published.document) if setting.published else {}, accepted)
    publish(setting=setting, document=document, by=by)
    topics = {topic for change in accepted for topic in topics_to_recheck(change)}
    if topics:
        reopen_checks(setting=setting, topics=topics, by=by)
    closed = _close(request=request, status=Status.DECIDED, by=by)
    publish_instant_changes(setting=setting, by=by)
    return closed


def _close(*, request: ChangeRequest, status: str, by: Any) -> ChangeRequest:
    request.status = status
    request.version += 1
    if status == Status.DECIDED:
        request.decided_by, request.decided_at = by, timezone.now()
    request.save()
    return request


def _locked(request: ChangeRequest, seen_version: int) -> ChangeRequest:
    request = (
        ChangeRequest.objects.select_for_update(of=("self",)).select_related("setting__published").get(pk=request.pk)
    )
    if request.version != seen_version or not request.is_open:
        raise ChangedMeanwhile
    return request


def _refuse_own(request: ChangeRequest, by: Any) -> None:
    if request.submitted_by_id == by.pk or request.setting.memberships.filter(user=by).exists():
        raise OwnSubmission
