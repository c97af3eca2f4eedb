"""Erasing somebody: what is about them goes, what they decided stays and names nobody."""

import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from foundation.accounts.models import User
from foundation.accounts.notices import tell_of_erasure
from foundation.accounts.roles import ADMINISTRATOR
from foundation.audit.services import forget_person, record
from foundation.registries.personal import AddressRule, OnErasure, address_rules, erasure_guards, erasure_steps

from .agreement import check_agreed, takes_two
from .holdings import is_about, keys_to_people, sessions_of
from .rules import OF_AN_OFFICE, THEIR_OWN_WORDS

NOBODY = "erased.invalid"
"""The domain of an address that stands for nobody; `.invalid` can never receive mail."""


class CannotErase(ValueError):
    """The account cannot be erased yet; says what must be done first."""


@dataclass
class Erased:
    """What was done."""

    deleted: dict[str, int] = field(default_factory=dict)
    emptied: dict[str, int] = field(default_factory=dict)
    account_stays: bool = False
    """Whether the account's row stays, without a name: decisions point to it."""


def reasons_against(*, person: User, by: User | None = None) -> list[str]:
    """Why this account cannot be erased yet, in words; none where it can."""
    found = []
    if by is not None and person.pk == by.pk:
        found.append("Ask a colleague: nobody erases their own account.")
    if person.is_superuser and (by is None or not by.is_superuser):
        found.append("This account may do everything. Take that away first: manage.py shell, is_superuser = False.")
    if _is_last_administrator(person):
        found.append("Nobody else is an Administrator. Give somebody the role first.")
    for reasons in erasure_guards:
        found += reasons(person)
    return found


@transaction.atomic
def erase_person(*, person: User, by: User | None = None) -> Erased:
    """Erase somebody with an account. `by` is the Administrator; nobody means the command on the server.

    Raises:
        CannotErase: something must be done first.
        NotAgreed: the person is of the staff, and no other Administrator has asked for it.
    """
    reasons = reasons_against(person=person, by=by)
    if reasons:
        raise CannotErase(" ".join(reasons))
    if by is not None:
        check_agreed(person=person, by=by)
    email, done = person.email, Erased()
    is_staff = takes_two(person)
    roles = sorted(person.groups.values_list("name", flat=True))
    Session.objects.filter(session_key__in=sessions_of(person)).delete()
    person.groups.clear()
    for step in erasure_steps:
        step(person)
    _delete_what_is_about(person, done)
    _forget_address(email, done)
    logs = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    logs.update(label="")
    forget_person(person=person)
    done.account_stays = _is_pointed_to(person)
    if done.account_stays:
        _empty_account(person)
    else:
        User.objects.filter(pk=person.pk)._raw_delete("default")  # past the signals: the trail says it below
    _write_down(done, by)
    if is_staff:
        tell_of_erasure(roles=roles, by=by)
    return done


@transaction.atomic
def erase_address(*, email: str, by: User | None = None) -> Erased:
    """Erase somebody who has no account: a person who reported a listing, was invited, or subscribed."""
    done = Erased()
    _forget_address(email, done)
    _write_down(done, by)
    return done


def what_is_kept() -> list[str]:
    """What an erasure leaves, for the person who does it to pass on."""
    kept = [
        f"{str(apps.get_model(rule.field.rpartition('.')[0])._meta.verbose_name).capitalize()}: {rule.why}."
        for rule in address_rules
        if rule.on_erasure is OnErasure.KEEP and rule.why != OF_AN_OFFICE
    ]
    return [
        "Decisions and changes that they made in their role; they point to an account without a name.",
        "The audit trail's entries, which hold a random number; whose it was, and words about them, are erased.",
        "Pages, listings and texts that were published, and words that colleagues wrote about other things.",
        "Backups, until they are deleted: after 35 days, unless whoever runs the server chose otherwise.",
        *kept,
    ]


def _is_last_administrator(person: User) -> bool:
    holders = User.objects.filter(groups__name=ADMINISTRATOR.name, is_active=True)
    return holders.filter(pk=person.pk).exists() and not holders.exclude(pk=person.pk).exists()


def _delete_what_is_about(person: User, done: Erased) -> None:
    for model, key in keys_to_people():
        if not is_about(model, key) or model._meta.label in THEIR_OWN_WORDS:
            continue
        rows = model._default_manager.filter(**{key.name: person})
        _delete_files_of(rows)
        count, _models = rows.delete()
        if count:
            done.deleted[model._meta.label] = done.deleted.get(model._meta.label, 0) + count


def _delete_files_of(rows: "models.QuerySet[Any]") -> None:
    """Deleting rows leaves their files where they are, a portrait at its public address among them."""
    names = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.FileField)]
    for row in rows if names else ():
        for file in (getattr(row, name) for name in names):
            if file:
                transaction.on_commit(partial(file.storage.delete, file.name))


def _forget_address(email: str, done: Erased) -> None:
    for rule in address_rules:
        if rule.on_erasure is not OnErasure.KEEP:
            _forget_rows(rule, email, done)


def _forget_rows(rule: AddressRule, email: str, done: Erased) -> None:
    label, _dot, name = rule.field.rpartition(".")
    model: type[models.Model] = apps.get_model(label)
    rows = model._default_manager.filter(**{f"{name}__iexact": email})
    count = rows.count()
    if not count:
        return
    if rule.forget is not None:
        for row in rows:
            rule.forget(row)
    elif rule.on_erasure is OnErasure.DELETE:
        rows.delete()
    else:
        rows.update(**{name: ""})
    into = done.deleted if rule.on_erasure is OnErasure.DELETE else done.emptied
    into[label] = into.get(label, 0) + count


def _is_pointed_to(person: User) -> bool:
    return any(model._default_manager.filter(**{key.name: person}).exists() for model, key in keys_to_people())


def _empty_account(person: User) -> None:
    """By a query, past every signal: nothing may mail the old address, or write the name down once more."""
    User.objects.filter(pk=person.pk).update(
        email=f"{secrets.token_hex(8)}@{NOBODY}", first_name="", last_name="", display_name="", last_login=None,
        password=make_password(None), is_active=False, is_staff=False, is_superuser=False, sessions_valid_from=timezone.now(),
    )  # fmt: skip


def _write_down(done: Erased, by: User | None) -> None:
    record(
        action="accounts.person_erased",
        actor=by,
        facts={
            "deleted": [f"{label} {count}" for label, count in sorted(done.deleted.items())],
            "emptied": [f"{label} {count}" for label, count in sorted(done.emptied.items())],
            "account_stays": done.account_stays,
        },
    )
