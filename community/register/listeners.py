"""Tells owners by mail what was decided. Connected in the app's `ready`."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from ..moderation.models import ChangeRequest, StateChange
from ..moderation.states import Act
from ..signals import state_changed
from .models import Setting
from .services import mails

Status = ChangeRequest.Status


def connect() -> None:
    """Listen, once."""
    state_changed.connect(on_step, dispatch_uid="register.mails.steps")
    post_save.connect(on_request, sender=ChangeRequest, dispatch_uid="register.mails.requests")


def on_step(sender: Any, setting_id: Any, act: Act, **kwargs: Any) -> None:
    """Listed, or not listed with the reason. Suspensions tell nobody here: the lead says when that is safe."""
    if act not in {Act.LIST, Act.DECLINE, Act.SAY_OUT_OF_SCOPE}:
        return
    setting = Setting.objects.get(pk=setting_id)
    if act == Act.LIST:
        mails.send_listed(setting=setting)
        return
    change = StateChange.objects.filter(setting=setting, act=act.value, is_private=False).first()
    mails.send_declined(setting=setting, reason=change.reason if change else "")


def on_request(sender: Any, instance: ChangeRequest, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Questions on any submission; the decision on an edit."""
    if created or raw:
        return
    if instance.status == Status.ASKED:
        transaction.on_commit(lambda: mails.send_questions(request=instance))
    elif instance.status == Status.DECIDED and instance.kind == ChangeRequest.Kind.EDIT:
        transaction.on_commit(lambda: mails.send_decided(request=instance))
