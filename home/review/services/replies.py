"""What staff say to a remark: what was done, or why not. Everybody who reviews the draft reads it."""

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.audit.services import record

from ..models import Remark, Reply
from .reviews import facts_of


@transaction.atomic
def reply_to(*, remark: Remark, by: User, text: str) -> Reply:
    """Answer a remark; the same words of the same person twice, as a button pressed twice sends them, are one answer."""
    Remark.objects.select_for_update().get(pk=remark.pk)
    reply, is_new = Reply.objects.get_or_create(remark=remark, author=by, text=text)
    if is_new:
        record(action="review.replied", actor=by, subject=remark, facts=facts_of(remark) | {"reply": reply.pk})
    return reply


@transaction.atomic
def drop_reply(*, reply: Reply, by: User) -> None:
    """Take an answer away; the trail keeps the words."""
    record(action="review.reply_dropped", actor=by, subject=reply.remark, facts=facts_of(reply.remark), note=reply.text)
    reply.delete()


def note_told(*, person: User) -> None:
    """The weekly mail has told this Young Advisor that they were answered."""
    Reply.objects.filter(remark__author=person, told_at__isnull=True).update(told_at=timezone.now())
