"""Writing notes down, marking their next step as done, forgetting them; posters of a campaign."""

from datetime import date as Day

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from foundation.accounts.models import User
from foundation.audit.services import record

from ..register.models import Setting
from .models import Campaign, Note, Poster

KEPT_MONTHS = 36
"""Mentoring towards an award takes up to two years; the year after it a visit may still refer to what was agreed."""


@transaction.atomic
def add_note(
    *, setting: Setting, kind: str, happened_on: Day, text: str, next_step: str, next_on: Day | None, by: User
) -> Note:
    """What was agreed with a setting. The trail says that there is a note, not what it says."""
    note = Note.objects.create(
        setting=setting, kind=kind, happened_on=happened_on, text=text, next_step=next_step, next_on=next_on, by=by
    )
    record(action="outreach.note_added", subject=setting, actor=by, facts={"kind": kind})
    return note


@transaction.atomic
def finish_step(*, note: Note, by: User) -> bool:
    """Its next step is done; False where somebody said so before."""
    changed = Note.objects.filter(pk=note.pk, done_on=None).update(done_on=timezone.localdate())
    if changed:
        record(action="outreach.step_done", subject=note.setting, actor=by)
    return bool(changed)


def forget_old_notes() -> int:
    """Delete notes of meetings long ago whose next step, if any, is past; how many."""
    before = timezone.localdate() - relativedelta(months=KEPT_MONTHS)
    gone, _each = Note.objects.filter(happened_on__lt=before).exclude(done_on=None, next_on__gte=before).delete()
    return gone


@transaction.atomic
def add_poster(*, campaign: Campaign, page: Page, place: str, by: User) -> Poster:
    """A sheet with a code of its own for one place; the one that is there, where it was made before."""
    poster, is_new = Poster.objects.get_or_create(campaign=campaign, page=page, place=place)
    if is_new:
        record(action="outreach.poster_added", subject=campaign, actor=by, facts={"code": poster.code})
    return poster


@transaction.atomic
def remove_poster(*, poster: Poster, by: User) -> bool:
    """Take back a poster that nobody opened; False where somebody did: it belongs to what the campaign reached, and its
    sheet may still hang."""
    if poster.counts.exists():
        return False
    record(action="outreach.poster_removed", subject=poster.campaign, actor=by, facts={"code": poster.code})
    poster.delete()
    return True
