"""Checks that stop a site from running with accounts or a database that are not fit for it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from .breached import is_in_order
from .demo import demo_accounts_exist


@register(Tags.security, deploy=True)
def no_demo_accounts_in_production(**kwargs: Any) -> list[CheckMessage]:
    """Demo accounts have a password that everybody knows."""
    if settings.DEMO_MODE:
        return [Error("DEMO_MODE is on.", hint="Use the production settings.", id="accounts.E001")]
    if demo_accounts_exist():
        return [
            Error(
                "The database holds demo accounts.",
                hint="Remove them with: manage.py remove_demo_users",
                id="accounts.E002",
            )
        ]
    return []


@register(Tags.security)
def every_staff_door_has_a_gate(**kwargs: Any) -> list[CheckMessage]:
    """Without the middleware a password alone opens the admin; out of order it would not know who is asking."""
    wanted = [
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "foundation.accounts.doors.SessionLifeMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "foundation.accounts.doors.StaffDoorMiddleware",
    ]
    present = [name for name in settings.MIDDLEWARE if name in wanted]
    if present != wanted:
        return [
            Error(
                "The gate of the staff doors is missing or out of order.", hint=" > ".join(wanted), id="accounts.E003"
            )
        ]
    return []


@register(Tags.security, deploy=True)
def keys_of_their_own(**kwargs: Any) -> list[CheckMessage]:
    """SECRET_KEY should be changeable without breaking the trail and every second factor."""
    return [
        Warning(f"{name} is not set; SECRET_KEY stands in for it.", id="accounts.W001")
        for name in ("AUDIT_KEY", "SECOND_FACTOR_KEY")
        if not getattr(settings, name)
    ]


@register(Tags.security)
def the_list_of_breached_passwords_is_one(**kwargs: Any) -> list[CheckMessage]:
    """A file that is away, or in another order, would let every password through."""
    if not settings.BREACHED_PASSWORDS:
        return []
    try:
        if is_in_order(Path(settings.BREACHED_PASSWORDS)):
            return []
        why = "holds no SHA-1 in capitals, a line each, in order."
    except OSError:
        why = "cannot be read."
    return [Error(f"The file that BREACHED_PASSWORDS names {why}", hint="docs/features/sign-in.md", id="accounts.E006")]


@register(Tags.security, deploy=True)
def mail_does_not_tell_who_has_an_account(**kwargs: Any) -> list[CheckMessage]:
    """Without a worker the answer to a request for a new password waits for the mail server, if there is a mail."""
    if "immediate" not in settings.TASKS["default"]["BACKEND"]:
        return []
    return [
        Warning(
            "There is no background worker, so the time of an answer may tell whether an address has an account.",
            hint="Set BACKGROUND_WORKER=1 and keep manage.py db_worker running.",
            id="accounts.W002",
        )
    ]


@register(Tags.database)
def sqlite_writes_ahead(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Without WAL a reader blocks the writer, and the site answers with errors under load."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite has it
            continue
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode")
                mode = cursor.fetchone()[0]
        except DatabaseError as error:
            problems.append(Error(f"The database cannot be opened: {error}", id="accounts.E004"))
            continue
        if mode != "wal":
            problems.append(
                Error(f"SQLite's journal is {mode}, not wal.", hint="Use a local disk.", id="accounts.E005")
            )
    return problems
