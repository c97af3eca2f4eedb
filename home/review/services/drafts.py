"""The review of drafts of other rooms: the same steps as for a page. Every act stands in the trail."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.registries.advisors import Draft, DraftPlace, DraftRefused, drafts_waiting, provider_of

from ..errors import AlreadyDecided, CannotTakeOver, NothingToChange, PageChanged
from ..models import Remark, Review, Round
from .reviews import note_taken_over, refuse_if_done


def draft_of(key: str) -> Draft | None:
    """The draft as it stands now, waiting or not."""
    found = provider_of(key)
    return found[0].draft(found[1]) if found else None


@transaction.atomic
def refresh_rounds() -> list[tuple[Draft, Round]]:
    """What waits now, with its round; rounds of drafts that were taken back are closed."""
    waiting = {draft.key: draft for draft in drafts_waiting()}
    for gone in Round.objects.filter(closed_at__isnull=True).exclude(draft_key__in=waiting):
        gone.closed_at = timezone.now()
        gone.save(update_fields=["closed_at"])
    return [(draft, open_round(draft)) for draft in waiting.values()]


def open_round(draft: Draft) -> Round:
    """The round of a draft that waits, begun now if nobody has looked yet."""
    found, _is_new = Round.objects.get_or_create(
        draft_key=draft.key,
        closed_at=None,
        defaults={"title": draft.title[:200], "kind": draft.kind[:60], "opened_at": draft.since or timezone.now()},
    )
    return found


@transaction.atomic
def remark_on_draft(*, key: str, by: User, place: DraftPlace, kind: str, text: str, old_words: str = "") -> Remark:
    """Keep what a Young Advisor says about a place.

    Raises:
        AlreadyDecided: it does not wait any more.
    """
    _draft, held = _waiting(key)
    remark = Remark.objects.create(
        draft_key=key, round=held, author=by, kind=kind, place=place.key, place_label=place.label[:120],
        old_words=old_words, text=text,
    )  # fmt: skip
    record(action="review.remarked", actor=by, subject=remark, facts={"draft": key, "kind": kind})
    return remark


@transaction.atomic
def keep_draft_checklist(*, key: str, by: User, answers: dict[str, Any], is_pressed: bool = True) -> Review:
    """Keep the answers so far; those that are not named stay. What a script saves as they go fills no trail.

    Raises:
        AlreadyDecided: it does not wait any more.
    """
    _draft, held = _waiting(key)
    review, is_new = Review.objects.update_or_create(round=held, author=by, defaults={**answers, "draft_key": key})
    if is_pressed or is_new:
        record(action="review.checklist_kept", actor=by, subject=review, facts={"draft": key})
    return review


@transaction.atomic
def decide_on_draft(*, key: str, by: User, decision: str, seen_stamp: str, answers: dict[str, Any]) -> Review:
    """Keep the answers, end the round, and tell the room that made the draft.

    Raises:
        AlreadyDecided, PageChanged, NothingToChange, DraftRefused: nothing is decided then.
    """
    draft, held = _waiting(key)
    if draft.stamp != seen_stamp:
        raise PageChanged(_("It was changed while you were reading. Have another look, then decide."))
    is_ready = decision == Review.Decision.READY
    remarks = Remark.objects.filter(round=held, resolved_at__isnull=True).count()
    if not (is_ready or remarks or answers.get("note")):
        raise NothingToChange(_("Say what should change: write a comment, or fill in the box."))
    review = keep_draft_checklist(key=key, by=by, answers={**answers, "unsent": None})
    review.decision, review.decided_at = decision, timezone.now()
    review.save()
    held.decision, held.closed_at = decision, review.decided_at
    held.save()
    found = provider_of(key)
    if found is None:
        raise AlreadyDecided(_GONE)
    found[0].decide(found[1], is_ready, _in_words(review, remarks), by)
    record(action=f"review.said_{decision}", actor=by, subject=review, facts={"draft": key})
    return review


@transaction.atomic
def take_over_in_draft(*, remark: Remark, by: User) -> None:
    """Put the suggested wording into the other room's draft.

    Raises:
        CannotTakeOver: it must be done by hand, and why.
    """
    refuse_if_done(remark)
    found = provider_of(remark.draft_key)
    if found is None:
        raise CannotTakeOver(_GONE)
    try:
        found[0].put_in(found[1], remark.place, remark.old_words, remark.text, by)
    except DraftRefused as refusal:
        raise CannotTakeOver(str(refusal)) from refusal
    note_taken_over(remark=remark, by=by)


_GONE = "It is not here any more."


def _waiting(key: str) -> tuple[Draft, Round]:
    draft = draft_of(key)
    if draft is None or not draft.is_waiting:
        raise AlreadyDecided(_("It does not wait for you any more, so nothing can be changed here."))
    held = open_round(draft)
    return draft, Round.objects.select_for_update().get(pk=held.pk)


def _in_words(review: Review, remarks: int) -> str:
    """What is kept with the draft: their own words where they wrote some, else what they decided."""
    said = [review.public_words, review.note]
    words = "\n".join(one for one in said if one.strip())
    if remarks:
        words = f"{words}\n{_('Comments on the draft: %(count)d.') % {'count': remarks}}".strip()
    return words or str(review.get_decision_display())
