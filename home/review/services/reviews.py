"""What Young Advisors and editors do with a page's draft. Every act stands in the trail."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import Page, TaskState

from foundation.accounts.models import User
from foundation.audit.services import record

from ..errors import AlreadyDecided, CannotTakeOver, NoNextStep, NothingToChange, OwnDraft, PageChanged
from ..models import Remark, Review
from ..places import Place
from ..selectors import is_open, newest
from ..wordings import put_in
from ..workflow import PublishersTask, wrote


@transaction.atomic
def add_remark(*, state: TaskState, by: User, place: Place, kind: str, text: str, old_words: str = "") -> Remark:
    """Keep what a Young Advisor says about a place.

    Raises:
        AlreadyDecided: the round is over.
    """
    locked = _open_round(state)
    remark = Remark.objects.create(
        page_id=locked.workflow_state.object_id, task_state=locked, author=by, kind=kind,
        place=place.key, place_label=place.label, old_words=old_words, text=text,
    )  # fmt: skip
    record(action="review.remarked", actor=by, subject=remark, facts=facts_of(remark) | {"kind": kind})
    return remark


@transaction.atomic
def take_back_remark(*, remark: Remark, by: User) -> None:
    """Their own remark, while nobody has dealt with it."""
    record(action="review.remark_taken_back", actor=by, subject=remark, facts=facts_of(remark))
    remark.delete()


@transaction.atomic
def drop_remark(*, remark: Remark, by: User) -> None:
    """Staff take away words that hurt or name somebody; the trail keeps them, for whoever has to look into it."""
    record(action="review.remark_dropped", actor=by, subject=remark, facts=facts_of(remark), note=remark.text)
    remark.delete()


@transaction.atomic
def keep_checklist(*, state: TaskState, by: User, answers: dict[str, Any], is_pressed: bool = True) -> Review:
    """Keep the answers so far; those that are not named stay. What a script saves as they go fills no trail.

    Raises:
        AlreadyDecided: the round is over.
    """
    locked = _open_round(state)
    review, is_new = Review.objects.update_or_create(
        task_state=locked, author=by, defaults={**answers, "page_id": int(locked.workflow_state.object_id)}
    )
    if is_pressed or is_new:
        record(action="review.checklist_kept", actor=by, subject=review, facts=facts_of(review))
    return review


@transaction.atomic
def decide(*, state: TaskState, by: User, decision: str, seen_revision: int, answers: dict[str, Any]) -> Review:
    """Keep the answers and end the round: on to the people who publish, or back to the editors.

    Raises:
        AlreadyDecided, PageChanged, OwnDraft, NothingToChange, NoNextStep: nothing is decided then.
    """
    locked = _open_round(state)
    if wrote(by, locked.workflow_state):
        raise OwnDraft(_("You wrote this draft yourself, so another Young Advisor decides. Your comments are kept."))
    if newest(locked).pk != seen_revision:
        raise PageChanged(_("The page was changed while you were reading. Have another look, then decide."))
    is_ready = decision == Review.Decision.READY
    if is_ready and locked.workflow_state.is_at_final_task:
        raise NoNextStep(_("This page has nobody to go to next, so it cannot go on. Please tell the partnership."))
    has_remarks = Remark.objects.filter(task_state=locked, resolved_at__isnull=True).exists()
    if not (is_ready or has_remarks or answers.get("note")):
        raise NothingToChange(_("Say what should change: write a comment on the page, or fill in the box."))
    review = keep_checklist(state=locked, by=by, answers={**answers, "unsent": None})
    review.decision, review.decided_at = decision, timezone.now()
    review.save()
    if is_ready:
        locked.approve(user=by)
    else:
        locked.reject(user=by)
    record(action=f"review.said_{decision}", actor=by, subject=review, facts=facts_of(review))
    return review


@transaction.atomic
def resolve(*, remark: Remark, by: User) -> None:
    """An editor has dealt with it."""
    if remark.resolved_at is None:
        remark.resolved_at, remark.resolved_by = timezone.now(), by
        remark.save()
        record(action="review.remark_resolved", actor=by, subject=remark, facts=facts_of(remark))


@transaction.atomic
def take_over(*, remark: Remark, by: User) -> None:
    """Put the suggested wording into the newest draft, as this editor's change.

    Also once the Young Advisors have said "ready": the words are theirs, the draft then waits for a publisher, who reads it
    with them in, and nobody approves a draft whose newest words are their own (`workflow.wrote`). Any other lock holds.

    Raises:
        CannotTakeOver: the draft is locked, or the old words do not stand there exactly once.
    """
    page = Page.objects.select_for_update().get(pk=remark.page_id).specific.get_latest_revision_as_object()
    remark.refresh_from_db()  # another editor may have been first while this one waited for the page
    refuse_if_done(remark)
    lock = page.get_lock()
    if lock is not None and lock.for_user(by) and not _waits_for_a_publisher(page, lock, remark):
        raise CannotTakeOver("The page is locked for you just now, so nothing was changed.")
    put_in(page, place=remark.place, old=remark.old_words, new=remark.text)
    page.save_revision(user=by, log_action="wagtail.edit")
    note_taken_over(remark=remark, by=by)


def _waits_for_a_publisher(page: Any, lock: Any, remark: Remark) -> bool:
    """Whether all that locks the page is the last step of the very review in which this was suggested."""
    state = page.current_workflow_state
    return (
        isinstance(lock, WorkflowLock)
        and isinstance(page.current_workflow_task, PublishersTask)
        and remark.task_state is not None
        and remark.task_state.workflow_state_id == state.pk
    )


def refuse_if_done(remark: Remark) -> None:
    """Two editors at once: the second is told.

    Raises:
        CannotTakeOver: it is no wording, or somebody has dealt with it.
    """
    if remark.kind != Remark.Kind.WORDING or remark.resolved_at is not None:
        raise CannotTakeOver("This has been dealt with already.")


def note_taken_over(*, remark: Remark, by: User) -> None:
    """The wording stands in the draft."""
    remark.was_taken_over = True
    remark.save()
    record(action="review.wording_taken_over", actor=by, subject=remark, facts=facts_of(remark))
    resolve(remark=remark, by=by)


def facts_of(row: Remark | Review) -> dict[str, int | str]:
    """What a row of the trail says of the draft."""
    return {"draft": row.draft_key} if row.draft_key else {"page": int(row.page_id or 0)}


@transaction.atomic
def accept_credit(*, review: Review, by: User, is_accepted: bool) -> None:
    """An editor has read the words and the name that a Young Advisor agreed to have shown (or takes them away)."""
    review.is_credit_accepted = is_accepted
    review.save()
    action = "review.credit_accepted" if is_accepted else "review.credit_hidden"
    record(action=action, actor=by, subject=review, facts=facts_of(review))


@transaction.atomic
def note_publication(*, page_id: int) -> None:
    """From now on the public page says that Young Advisors reviewed it: who decided, and who else gave words for the page in
    the same round."""
    ready = Review.objects.filter(page_id=page_id, decision=Review.Decision.READY, published_at__isnull=True)
    now = timezone.now()
    for review in ready:
        others = Review.objects.filter(task_state=review.task_state_id, published_at__isnull=True).exclude(pk=review.pk)
        for one in (review, *(others if review.task_state_id else ())):
            one.published_at = now
            one.save()


def _open_round(state: TaskState) -> TaskState:
    locked = TaskState.objects.select_for_update().select_related("workflow_state").get(pk=state.pk)
    if not is_open(locked):
        raise AlreadyDecided(_("Somebody has already decided on this page, so it cannot be changed here any more."))
    return locked
