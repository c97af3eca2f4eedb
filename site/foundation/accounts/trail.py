"""What happens to accounts, written to the audit trail; and the marks a session carries from its first moment."""

import time
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from foundation.audit.chain import keyed_hash
from foundation.audit.services import record

from . import notices
from .doors import SEEN_AT, SIGNED_IN_AT
from .models import User
from .second_factor import FACTORS, end_sessions, session_has_passed

WATCHED = ("email", "is_active", "is_superuser")


@receiver(auth_signals.user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = time.time()
    request.user = user
    record(
        action="accounts.signed_in",
        actor=user,
        subject=user,
        facts={"second_factor": session_has_passed(request)},
    )


@receiver(auth_signals.user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(action="accounts.signed_out", actor=user, subject=user)


@receiver(auth_signals.user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    typed = str(credentials.get("email") or credentials.get("username") or "")
    record(action="accounts.sign_in_failed", facts={"address_hash": keyed_hash(typed) if typed else ""})


@receiver(mfa_signals.authentication_failed)
def second_factor_failed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(action="accounts.second_factor_failed", actor=user, subject=user, facts={"type": str(authenticator.type)})


@receiver(mfa_signals.authenticator_added)
def factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(action="accounts.second_factor_added", actor=user, subject=user, facts={"type": str(authenticator.type)})
    # Enrolling needs a valid code or touch, so this session has just shown the factor.
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))


@receiver(mfa_signals.authenticator_removed)
def factor_removed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(action="accounts.second_factor_removed", actor=user, subject=user, facts={"type": str(authenticator.type)})


@receiver(mfa_signals.authenticator_reset)
def recovery_codes_made_anew(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(action="accounts.recovery_codes_renewed", actor=user, subject=user)


@receiver(account_signals.password_changed)
@receiver(account_signals.password_reset)
def password_changed(sender: Any, user: User, **kwargs: Any) -> None:
    record(action="accounts.password_changed", actor=user, subject=user)


@receiver(m2m_changed, sender=User.groups.through)
def roles_changed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    verbs = {
        "post_add": "accounts.role_given",
        "post_remove": "accounts.role_taken",
        "pre_clear": "accounts.role_taken",
    }
    if action not in verbs:
        return
    if reverse:
        people = User.objects.filter(pk__in=pk_set) if pk_set is not None else instance.user_set.all()
        pairs = [(person, [instance.name]) for person in people]
    else:
        roles = Group.objects.filter(pk__in=pk_set) if pk_set is not None else instance.groups.all()
        pairs = [(instance, sorted(roles.values_list("name", flat=True)))]
    for person, names in pairs:
        if names:
            record(action=verbs[action], subject=person, facts={"roles": names})


@receiver(pre_save, sender=User)
def remember_account(sender: Any, instance: User, update_fields: Any = None, **kwargs: Any) -> None:
    watched = update_fields is None or set(update_fields) & set(WATCHED)
    instance.__dict__["_before"] = (
        User.objects.filter(pk=instance.pk).values(*WATCHED).first() if watched and instance.pk else None
    )


@receiver(post_save, sender=User)
def account_saved(sender: Any, instance: User, created: bool, **kwargs: Any) -> None:
    before = instance.__dict__.pop("_before", None)
    chosen = instance.__dict__.pop("chose_password_themselves", False)
    if created:
        record(action="accounts.created", subject=instance, facts={"is_superuser": instance.is_superuser})
        return
    changed = [name for name in WATCHED if before and before[name] != getattr(instance, name)]
    if changed:
        record(
            action="accounts.changed",
            subject=instance,
            facts={"changed": changed, "is_active": instance.is_active, "is_superuser": instance.is_superuser},
        )
    if "email" in changed or "is_active" in changed:
        end_sessions(person=instance)
    if before and "email" in changed:
        notices.tell_of_new_address(person=instance, old=before["email"])
    if _was_given_a_password(instance, kwargs.get("update_fields")) and not chosen:
        record(action="accounts.password_changed", subject=instance)
        notices.tell_of_new_password(person=instance)


def _was_given_a_password(person: User, fields: Any) -> bool:
    """Whether this save stores a new password; Django keeps its words on the person until the save is over, and does
    not where it only hashes the same one anew."""
    return getattr(person, "_password", None) is not None and (fields is None or "password" in fields)


@receiver(post_delete, sender=User)
def account_deleted(sender: Any, instance: User, **kwargs: Any) -> None:
    record(action="accounts.deleted", facts={"address_hash": keyed_hash(instance.email)})
