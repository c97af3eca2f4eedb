"""The sessions that somebody has open. They are told apart by when and how the person signed in: no address of a machine and
no browser's name is kept anywhere, here neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.audit.services import record

from .doors import SEEN_AT, SIGNED_IN_AT, is_over
from .models import User

WAYS: dict[str, str | Promise] = {
    "password": _("password"), "totp": _("authenticator app"), "webauthn": _("passkey or security key"),
    "recovery_codes": _("recovery code"),
}  # fmt: skip
"""How somebody signed in, as the sign-in library notes it in the session."""


@dataclass(frozen=True)
class OpenSession:
    """One device on which somebody is signed in."""

    mark: str
    """What a form names it by: made from its key, which no page ever holds."""
    began: datetime
    seen: datetime
    ways: list[str]
    is_this: bool


def stored_for(person: Any) -> Iterator[Session]:
    """The rows of the sessions in which they are signed in, over or not. Reads every session of the site."""
    number = str(person.pk)
    for row in Session.objects.iterator():
        if row.get_decoded().get(SESSION_KEY) == number:
            yield row


def open_sessions(*, person: User, this: str | None) -> list[OpenSession]:
    """Those that still open something, the newest first. `this`: the key of the session that asks."""
    found = []
    for row in stored_for(person):
        held = row.get_decoded()
        if row.expire_date < timezone.now() or is_over(held, person) or not _has_todays_password(held, person):
            continue
        found.append(
            OpenSession(
                _mark(row.session_key), _moment(held.get(SIGNED_IN_AT)), _moment(held.get(SEEN_AT)), _ways(held),
                row.session_key == this,
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: each.began, reverse=True)


@transaction.atomic
def end_others(*, person: User, this: str | None, mark: str = "") -> int:
    """End every other session of the person, or the one of this mark; how many there were. The one that asks stays."""
    keys = [
        row.session_key
        for row in stored_for(person)
        if row.session_key != this and (not mark or constant_time_compare(_mark(row.session_key), mark))
    ]
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        record(action="accounts.sessions_ended", actor=person, subject=person, facts={"sessions": len(keys)})
    return len(keys)


def _mark(key: str) -> str:
    return salted_hmac("foundation.accounts.sessions", key, algorithm="sha256").hexdigest()


def _has_todays_password(held: dict[str, Any], person: User) -> bool:
    """Whether it began under the password of today; else it is ended as soon as somebody comes with it."""
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return any(constant_time_compare(held.get(HASH_SESSION_KEY, ""), each) for each in hashes)


def _moment(seconds: float | None) -> datetime:
    return datetime.fromtimestamp(seconds or 0, UTC)


def _ways(held: dict[str, Any]) -> list[str]:
    noted = [each.get("type") or each.get("method") for each in held.get("account_authentication_methods", [])]
    return [str(WAYS[way]) for way in dict.fromkeys(noted) if way in WAYS]
