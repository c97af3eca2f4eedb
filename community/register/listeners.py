"""Tells owners by mail what was decided. Connected in the app's `ready`."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from ..moderation.models import ChangeRequest, StateChange
from ..moderation.states import Act
from ..signals import state_changed
from .services import mails

Status = ChangeRequest.Status


def connect() -> None:
    """Listen, once."""
    state_changed.connect(on_step, dispatch_uid="register.mails.steps")
    post_save.connect(on_request, sender=ChangeRequest, dispatch_uid="register.mails.requests")


def on_step(sender: Any, setting_id: Any, act: Act, **kwargs: Any) -> None:
    """What the partnership did, with its reason where the owners read it. Suspensions tell nobody here: the lead says when
    that is safe, and a lifted one that was never told stays private."""
    change = StateChange.objects.select_related("setting").filter(setting=setting_id, act=act.value).first()
    if change is None or change.is_private:
        return
    setting = change.setting
    if act == Act.LIST:
        mails.send_listed(setting=setting)
    elif act in {Act.DECLINE, Act.SAY_OUT_OF_SCOPE}:
        mails.send_declined(setting=setting, reason=change.reason)
    elif act == Act.REMOVE:
        mails.send_removed(setting=setting, reason=change.reason)
    elif act == Act.LIFT:
        mails.send_shown_again(setting=setting)
    elif act in {Act.LOOK_AGAIN, Act.REOPEN}:
        mails.send_opened_again(setting=setting, is_review=act == Act.LOOK_AGAIN, reason=change.reason)
    elif act == Act.CLOSE and not setting.memberships.filter(user=change.by_id).exists():
        mails.send_closed(setting=setting, reason=change.reason)


def on_request(sender: Any, instance: ChangeRequest, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Questions on any submission; the decision on an edit."""
    if created or raw:
        return
    if instance.status == Status.ASKED:
        transaction.on_commit(lambda: mails.send_questions(request=instance))
    elif instance.status == Status.DECIDED and instance.kind == ChangeRequest.Kind.EDIT:
        transaction.on_commit(lambda: mails.send_decided(request=instance))
