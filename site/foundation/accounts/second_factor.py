"""Has this session passed a second factor? And what to do about a person who lost theirs."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from foundation.audit.services import record

from . import notices
from .models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor of its own; recovery codes only stand in for one."""


class CannotReset(ValueError):
    """This person's second factor cannot be reset by the one who asks."""


def has_factor(person: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the person owns an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists()


def session_has_passed(request: HttpRequest) -> bool:
    """Whether this very session showed a second factor: a code, a recovery code, or a passkey.

    That the person owns a factor says nothing: a session that came in by a side door with a password alone does
    not have the record that is looked for here.
    """
    return any(entry.get("method") == "mfa" for entry in get_authentication_records(request, request.user))


def proved_lately(request: HttpRequest, *, within: int) -> bool:
    """Whether the person proved who they are, as strongly as they can, in the last `within` seconds of this session."""
    records = get_authentication_records(request, request.user)
    if has_factor(request.user):
        records = [entry for entry in records if entry.get("method") == "mfa" or entry.get("reauthenticated")]
    return any(time.time() - entry["at"] < within for entry in records)


def factors_of(person: AbstractBaseUser) -> list[str]:
    """The types of what the person has enrolled, for a screen."""
    return [
        Authenticator.Type(kind).label
        for kind in Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True)
    ]


@transaction.atomic
def reset(*, person: User, by: User, reason: str) -> None:
    """Take away every factor of a colleague who lost theirs, and their password, and end their sessions.

    The password goes too: whoever had stolen it could otherwise sign in and enrol a factor of their own. The caller
    sends the link by which the person chooses a new one; the next sign-in enrols anew.

    Raises:
        CannotReset: for oneself (somebody else must look), and for a superuser unless a superuser asks.
    """
    if person.pk == by.pk:
        raise CannotReset("Ask a colleague: nobody resets their own second factor.")
    if person.is_superuser and not by.is_superuser:
        raise CannotReset("Only a superuser can reset the second factor of a superuser.")
    removed = factors_of(person)
    Authenticator.objects.filter(user_id=person.pk).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_sessions(person=person)
    notices.tell_of_reset(person=person)
    record(
        action="accounts.second_factor_reset",
        actor=by,
        subject=person,
        facts={"removed": [str(kind) for kind in removed]},
        note=reason,
    )


def end_sessions(*, person: User) -> None:
    """End every session of the person, wherever it is open."""
    person.sessions_valid_from = timezone.now()
    person.save(update_fields=["sessions_valid_from"])
