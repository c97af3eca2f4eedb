"""Submissions: an owner sends, officers decide field by field, what was accepted is published."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.audit import services as audit

from ...clocks.dates import confirm_due_after
from ...errors import ChangedMeanwhile, OwnSubmission, ReasonMissing, RegistryError, SamePersonTwice
from ...register.completeness import missing_sections
from ...register.document import (
    DOCUMENT_VERSION,
    Change,
    Document,
    apart_from_followers,
    apply_changes,
    blank_document,
    build_document,
    changes_between,
    leader_of,
)
from ...register.edit_classes import EditClass, edit_class, topics_to_recheck
from ...register.enums import SettingState
from ...register.models import Setting
from ...register.shapes import in_todays_shape
from ..models import ChangeRequest, FieldDecision
from ..states import Act, Who
from ..thresholds import lines_crossed
from .matters import bring_up_hours
from .publishing import publish
from .rechecks import reopen_checks
from .steps import OPEN, propose_step, take_step

Verdict = FieldDecision.Verdict
Status = ChangeRequest.Status
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
    setting = Setting.objects.held(setting.pk)
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
    # Held, so that what officers accept at this moment is not overwritten by the page as it was before.
    held = Setting.objects.held(setting.pk)
    setting.published = held.published  # what the caller goes on with
    if held.published is None or held.state not in EDITABLE_ON_THE_REGISTER:
        return False
    public = held.published.document
    changes = changes_between(public, build_document(held))
    instant = [change for change in changes if edit_class(change) == EditClass.INSTANT]
    document = apply_changes(public, instant)
    if not changes_between(public, document):
        return False
    setting.published = publish(setting=held, document=document, by=by)
    bring_up_hours(setting=held, before=lines_crossed(public), after=lines_crossed(document), by=by)
    return True


@transaction.atomic
def drop_what_was_taken_back(*, setting: Setting) -> None:
    """Take out of an edit that waits what the owner has put back to the published words since: it is not asked for any
    more, and must not go out. An edit of which nothing is left is withdrawn."""
    setting = Setting.objects.held(setting.pk)
    request = ChangeRequest.objects.filter(setting=setting, kind=ChangeRequest.Kind.EDIT, status__in=OPEN).first()
    if request is None or setting.published is None:
        return
    public = setting.published.document
    wanted = {change.path for change in changes_between(public, build_document(setting))}
    back = [
        Change(change.path, change.new, change.old)
        for change in changes_between(public, request.document)
        if not _touches(change.path, wanted)
    ]
    if not back:
        return
    request.document = apply_changes(request.document, back)
    request.decisions.filter(path__in=[change.path for change in back]).delete()
    request.version += 1
    if not changes_between(public, request.document):
        request.status, request.decided_at = Status.WITHDRAWN, timezone.now()
    request.save()


def _touches(path: str, paths: set[str]) -> bool:
    """Whether one of the paths is this one, a part of it, or the whole of which it is a part."""
    return path in paths or any(other.startswith(f"{path}.") or path.startswith(f"{other}.") for other in paths)


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

    What follows from a postcode goes with it. Where the second of two people accepts what the first had not, their word
    is the first one for it: no field of a first listing goes before the public on one person's word.

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
    verdicts = {**verdicts, **{path: verdicts[lead] for path in known if (lead := leader_of(path, verdicts))}}
    if any(verdict != Verdict.ACCEPT and not reason.strip() for verdict, reason in verdicts.values()):
        raise ReasonMissing
    if request.status == Status.PROPOSED and _accepts_more(request, verdicts):
        request.setting.proposals.filter(act=Act.LIST.value).delete()
        request.status = Status.WAITING
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
    request.save(update_fields=["version", "status"])
    audit.record(action="community.decide_fields", actor=by, subject=request.setting, facts={"fields": len(verdicts)})
    return request


def _accepts_more(request: ChangeRequest, verdicts: dict[str, tuple[str, str]]) -> bool:
    before = set(request.decisions.filter(verdict=Verdict.ACCEPT).values_list("path", flat=True))
    return any(verdict == Verdict.ACCEPT and path not in before for path, (verdict, _reason) in verdicts.items())


@transaction.atomic
def conclude(*, request: ChangeRequest, by: Any, who: Who, seen_version: int) -> ChangeRequest:
    """Act on the verdicts: ask the owner, or publish what was accepted. A first listing takes two people.

    After the first person's word the submission is `proposed`; the second person's call publishes.

    Raises:
        RegistryError: a field has no verdict yet, or the name of a first listing was refused.
        SamePersonTwice: the second word came from the first person.
        ChangedMeanwhile, OwnSubmission: as for `decide_fields`.
    """
    request = _locked(request, seen_version)
    _refuse_own(request, by)
    changes = open_changes(request)
    decisions = {decision.path: decision for decision in request.decisions.all()}
    if undecided := [change.path for change in apart_from_followers(changes) if change.path not in decisions]:
        count = len(undecided)
        raise RegistryError(
            ngettext("%(count)d field still needs a decision.", "%(count)d fields still need a decision.", count)
            % {"count": count}
        )
    paths = {change.path for change in changes}
    verdicts = {path: decisions[leader_of(path, paths) or path].verdict for path in paths}
    if Verdict.ASK in verdicts.values():
        return _send_back(request=request, decisions=list(decisions.values()), by=by, who=who)
    accepted = [change for change in changes if verdicts[change.path] == Verdict.ACCEPT]
    if request.kind == ChangeRequest.Kind.FIRST:
        if decisions["name"].verdict == Verdict.REFUSE:
            raise RegistryError(_("A page cannot be without its name. Ask the setting for another one instead."))
        return _conclude_first(request=request, accepted=accepted, by=by, who=who)
    return _publish_edit(request=request, accepted=accepted, by=by)


def _send_back(*, request: ChangeRequest, decisions: list[FieldDecision], by: Any, who: Who) -> ChangeRequest:
    reasons = " ".join(dict.fromkeys(each.reason for each in decisions if each.verdict == Verdict.ASK))
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
    # The setting first, as everybody who publishes does, so that no two wait for each other.
    Setting.objects.held(request.setting_id)
    request = (
        ChangeRequest.objects.select_for_update(of=("self",)).select_related("setting__published").get(pk=request.pk)
    )
    if request.version != seen_version or not request.is_open:
        raise ChangedMeanwhile
    return request


def _refuse_own(request: ChangeRequest, by: Any) -> None:
    if request.submitted_by_id == by.pk or request.setting.memberships.filter(user=by).exists():
        raise OwnSubmission
