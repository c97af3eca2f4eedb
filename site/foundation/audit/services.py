"""Writing the trail, and erasing people from it."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from . import chain
from .models import Actor, Entry, Head, Note

NOTE_ERASED = "audit.note_erased"
PERSON_FORGOTTEN = "audit.person_forgotten"
PERSON_SUBJECT = "person:"
"""What `verify` looks for when words are gone: an erasure leaves an entry, hence a place in the signed chain."""

Fact = str | int | bool | None | list[str] | list[int]


class NotAFact(TypeError):
    """A fact of an entry must be a short plain value; words of people go into the note."""


def record(
    *,
    action: str,
    actor: AbstractBaseUser | None = None,
    subject: models.Model | str = "",
    facts: Mapping[str, Fact] | None = None,
    note: str = "",
) -> Entry:
    """Write one entry at the end of the trail, in the transaction of the caller.

    Args:
        action: "room.what_happened", such as "accounts.signed_in".
        actor: who did it. Left out inside the Wagtail admin, it is the person signed in there; else the system.
        subject: what it was done to. A person is written as a pseudonym, any other row as "app.model:id".
        facts: plain values that name nobody and are kept for ever.
        note: words, such as a reason; they can be erased later (`erase_note`).

    Writers wait for one another on the row of the head, so the chain never forks.
    """
    kept = {key: _plain(value) for key, value in (facts or {}).items()}
    with transaction.atomic():
        head = _locked_head()
        entry = Entry(
            sequence=head.sequence + 1,
            at=timezone.now(),
            action=action,
            actor=pseudonym_of(person=actor or _acting_now()),
            subject=_name_of(subject),
            facts=kept,
            previous_hash=head.hash,
        )
        if note:
            words = Note(sequence=entry.sequence, text=note, salt=secrets.token_hex(16))
            entry.note_hash = chain.hash_of_note(text=words.text, salt=words.salt)
            words.save(force_insert=True)
        entry.hash = hash_of(entry)
        entry.save()
        head.sequence, head.hash = entry.sequence, entry.hash
        head.signature = chain.sign_head(sequence=head.sequence, hash=head.hash)
        head.save(update_fields=["sequence", "hash", "signature"])
    return entry


def hash_of(entry: Entry) -> str:
    """The hash that this entry must have."""
    return chain.hash_of_row(
        sequence=entry.sequence,
        at=entry.at,
        action=entry.action,
        actor=entry.actor,
        subject=entry.subject,
        facts=entry.facts,
        note_hash=entry.note_hash,
        previous_hash=entry.previous_hash,
    )


def pseudonym_of(*, person: AbstractBaseUser | None) -> str:
    """The random number that stands for a person in the trail, made at need; "" for nobody."""
    if person is None or person.pk is None:
        return ""
    known, created = Actor.objects.get_or_create(
        user_id=person.pk, defaults={"pseudonym": secrets.token_hex(16), "name": str(person)[:254]}
    )
    if not created and known.name and known.name != str(person)[:254]:
        known.name = str(person)[:254]
        known.save(update_fields=["name"])
    return known.pseudonym


@transaction.atomic
def forget_person(*, person: AbstractBaseUser) -> None:
    """Erase who a pseudonym stood for, and the words about them. The entries stay, name nobody, and the chain still
    verifies, because this erasure is an entry too: words deleted in any other way do not verify."""
    pseudonym = Actor.objects.filter(user_id=person.pk).values_list("pseudonym", flat=True).first()
    if pseudonym is None:
        return
    about = Entry.objects.filter(subject=f"{PERSON_SUBJECT}{pseudonym}")
    Note.objects.filter(sequence__in=about.values("sequence")).delete()
    Actor.objects.filter(pseudonym=pseudonym).delete()
    record(action=PERSON_FORGOTTEN, subject=f"{PERSON_SUBJECT}{pseudonym}")


@transaction.atomic
def erase_note(*, entry: Entry) -> None:
    """Erase the words of an entry, and say in the trail that they were erased."""
    if Note.objects.filter(sequence=entry.sequence).delete()[0]:
        record(action=NOTE_ERASED, subject=entry_subject(entry))


def entry_subject(entry: Entry) -> str:
    """How an entry is named where another is about it."""
    return f"audit.entry:{entry.sequence}"


def _locked_head() -> Head:
    # The row is made by the first writer, and again where the test suite has emptied every table.
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        Head.objects.get_or_create(pk=1)
        head = Head.objects.select_for_update().get(pk=1)
    return head


def _acting_now() -> AbstractBaseUser | None:
    person = get_active_log_context().user
    return person if person is not None and person.is_authenticated else None


def _name_of(subject: models.Model | str) -> str:
    if isinstance(subject, str):
        return subject
    if isinstance(subject, AbstractBaseUser):
        return f"{PERSON_SUBJECT}{pseudonym_of(person=subject)}"
    return f"{subject._meta.label_lower}:{subject.pk}"


def _plain(value: Any) -> Fact:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list) and all(isinstance(item, int | str) for item in value):
        return value
    raise NotAFact(f"{value!r} is not a plain value.")
