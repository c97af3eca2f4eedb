"""Finds every row that has to do with one person: by their account, and by their address.

It looks at all tables, so that a new one cannot be forgotten: each key that points to an account, and each field for an
e-mail address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils.encoding import force_str

from foundation.accounts.sessions import stored_for
from foundation.audit.models import Actor, Entry, Note
from foundation.audit.services import PERSON_SUBJECT

from .rules import DONE_BY_THEM, THEIR_OWN_WORDS

HOLD_LINKS = {("mail.OutgoingMessage", "text"), ("mail.OutgoingMessage", "html")}
"""A mail that still waits may hold a link that signs in, or a message about somebody else."""
SECRET = re.compile(r"password|token|secret|hash|^data$|^key$|^salt$|signature", re.IGNORECASE)
HIDDEN = "(held, not shown: it would let somebody in)"
OTHERS = {"wagtailcore.ModelLogEntry"}
"""Tables whose words may name somebody else: shown by their number and time alone."""


@dataclass(frozen=True)
class Holding:
    """Rows of one table that have to do with the person."""

    table: str
    """What the rows are, in words."""
    label: str
    how: str
    """The field through which they were found."""
    is_about: bool
    """Whether they are about the person; else they record what the person did in their role."""
    rows: list[dict[str, str]]


def keys_to_people() -> Iterator[tuple[type[models.Model], Any]]:
    """Every field of every table that points to an account."""
    person = get_user_model()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.remote_field is not None and field.remote_field.model is person and model is not Actor:
                yield model, field


def address_fields() -> Iterator[tuple[type[models.Model], Any]]:
    """Every field of every table that holds an e-mail address, but the account's own."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.EmailField) and model is not get_user_model():
                yield model, field


def is_about(model: type[models.Model], field: Any) -> bool:
    """Whether rows found by this key are about the person: those that would go with the account, and their own words."""
    label = model._meta.label
    goes_with_them = field.remote_field.on_delete is models.CASCADE and label not in DONE_BY_THEM
    return goes_with_them or (label in THEIR_OWN_WORDS and field.name == "author")


def holdings_of(*, email: str, person: Any = None) -> list[Holding]:
    """All that is held, what is about them first. `person` is their account, where they have one."""
    found = []
    if person is not None:
        found.append(Holding("Account", person._meta.label, "account", True, [_whole(person)]))
        found += [_by_key(model, field, person) for model, field in keys_to_people()]
        found += [_sessions(person), *_trail(person)]
    for model, field in address_fields():
        rows = model._default_manager.filter(**{f"{field.name}__iexact": email})
        found.append(_holding(model, field, True, [_whole(row) for row in rows]))
    return sorted((each for each in found if each.rows), key=lambda each: (not each.is_about, each.table))


def sessions_of(person: Any) -> list[str]:
    """The keys of the sessions in which they are signed in."""
    return [row.session_key for row in stored_for(person)]


def _by_key(model: type[models.Model], field: Any, person: Any) -> Holding:
    about = is_about(model, field)
    rows = model._default_manager.filter(**{field.name: person})
    return _holding(model, field, about, [_whole(row) if about else _brief(row) for row in rows.iterator()])


def _holding(model: type[models.Model], field: Any, about: bool, rows: list[dict[str, str]]) -> Holding:
    words = "Roles" if model is get_user_model().groups.through else str(model._meta.verbose_name_plural).capitalize()
    return Holding(words, model._meta.label, field.name, about, rows)


def _whole(row: models.Model) -> dict[str, str]:
    """Every field of a row, in words; secrets by their name alone."""
    shown = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value in (None, "") or (field.is_relation and field.related_model is get_user_model()):
            continue
        if field.is_relation:
            value = getattr(row, field.name)
        is_secret = SECRET.search(field.name) or (row._meta.label, field.name) in HOLD_LINKS
        shown[str(field.verbose_name)] = HIDDEN if is_secret else force_str(value)
    return shown


def _brief(row: models.Model) -> dict[str, str]:
    """What a row is, and when: it is about their work, and its words may be about somebody else."""
    when = next((field for field in row._meta.concrete_fields if isinstance(field, models.DateTimeField)), None)
    shown = {"number": str(row.pk)}
    if row._meta.label not in OTHERS:
        shown["what"] = str(row)[:200]
    if when is not None and getattr(row, when.attname):
        shown["when"] = force_str(getattr(row, when.attname))
    return shown


def _sessions(person: Any) -> Holding:
    rows = [{"session": "open, on some device"} for _key in sessions_of(person)]
    return Holding("Open sessions", Session._meta.label, "session", True, rows)


def _trail(person: Any) -> Iterator[Holding]:
    """What the audit trail says of them and by them; reasons that others wrote about them are theirs to read."""
    pseudonym = Actor.objects.filter(user_id=person.pk).values_list("pseudonym", flat=True).first()
    if pseudonym is None:
        return
    subject = f"{PERSON_SUBJECT}{pseudonym}"
    entries = Entry.objects.filter(Q(actor=pseudonym) | Q(subject=subject)).order_by("sequence")
    about_them = entries.filter(subject=subject).values("sequence")
    notes = dict(Note.objects.filter(sequence__in=about_them).values_list("sequence", "text"))
    rows = []
    for entry in entries.iterator():
        row = {"number": str(entry.sequence), "when": force_str(entry.at), "what": entry.action}
        row |= {name: force_str(value) for name, value in entry.facts.items()}
        if entry.sequence in notes:
            row["reason"] = notes[entry.sequence]
        rows.append(row)
    yield Holding("Audit trail", Entry._meta.label, "pseudonym", True, rows)
