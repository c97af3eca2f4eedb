"""Which groups open the staff door, and what happens when somebody first gets through it."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from foundation.audit.services import record

from .models import User
from .roles import ADMIN_DOOR


def groups_with_the_door() -> QuerySet[Group]:
    """The groups whose members open the admin."""
    app, codename = ADMIN_DOOR.split(".")
    return Group.objects.filter(permissions__content_type__app_label=app, permissions__codename=codename)


@receiver(m2m_changed, sender=User.groups.through)
def begin_anew_as_staff(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """A passkey that was added on the word of a mailbox opens no admin: who joins the staff adds one after a password."""
    if action != "pre_add" or not pk_set:
        return
    given = {instance.pk} if reverse else pk_set
    people = pk_set if reverse else {instance.pk}
    keys = Authenticator.objects.filter(user__in=people, type=Authenticator.Type.WEBAUTHN, user__is_superuser=False)
    keys = keys.exclude(user__groups__in=groups_with_the_door())
    if not keys.exists() or not groups_with_the_door().filter(pk__in=given).exists():
        return
    for key in keys.select_related("user"):
        record(action="accounts.second_factor_removed", subject=key.user, facts={"type": key.type, "joins_staff": True})
    Authenticator.objects.filter(pk__in=[key.pk for key in keys]).delete()
