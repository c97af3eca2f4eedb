"""Writing notes down, marking their next step as done, and forgetting them."""

from datetime import date as Day

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.audit.services import record

from ..register.models import Setting
from .models import Note

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
