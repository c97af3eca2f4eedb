"""Reading the whole trail to see that nothing was changed, taken out or cut off."""

import time
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from . import chain
from .models import GENESIS, Entry, Head, Note
from .services import NOTE_ERASED, PERSON_FORGOTTEN, PERSON_SUBJECT, entry_subject, hash_of


class TrailBroken(Exception):
    """The trail is not as it was written; says which entry is the first that is wrong, and how."""


@dataclass(frozen=True)
class Verified:
    """What was checked: how many entries, in how many seconds, and the anchor to keep elsewhere."""

    entries: int
    seconds: float
    anchor: str


class _Erasures:
    """Words that are gone, each of which a later entry of the trail must account for."""

    def __init__(self) -> None:
        self._unexplained: dict[int, tuple[str, ...]] = {}

    def words_are_gone(self, entry: Entry) -> None:
        people = (entry.actor and f"{PERSON_SUBJECT}{entry.actor}", entry.subject)
        self._unexplained[entry.sequence] = (entry_subject(entry), *people)

    def read(self, entry: Entry) -> None:
        """Strike out what this entry says was erased before it."""
        if entry.action not in {NOTE_ERASED, PERSON_FORGOTTEN}:
            return
        for number, subjects in list(self._unexplained.items()):
            if entry.subject in subjects:
                del self._unexplained[number]

    def check(self) -> None:
        if self._unexplained:
            first = min(self._unexplained)
            raise TrailBroken(f"The words of entry {first} are gone, and no later entry says that they were erased.")


def verify(*, anchor: str = "") -> Verified:
    """Check every entry in order, the words that are kept, that each erasure was written, and the signed end.

    Args:
        anchor: "number:hash" of an end that was noted down earlier and elsewhere. It catches what no check inside
            the database can: somebody who has put back an old copy of the trail together with its old signature.

    Raises:
        TrailBroken: at the first entry that is wrong.
    """
    started = time.perf_counter()
    head = Head.objects.filter(pk=1).first() or Head()
    notes = dict(Note.objects.values_list("sequence", "text").iterator())
    salts = dict(Note.objects.values_list("sequence", "salt").iterator())
    anchored, _, anchored_hash = anchor.partition(":")
    last, last_hash = 0, GENESIS
    erasures = _Erasures()
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != last + 1:
            raise TrailBroken(f"Entry {last + 1} is missing: after {last} comes {entry.sequence}.")
        if entry.previous_hash != last_hash:
            raise TrailBroken(f"Entry {entry.sequence} does not follow entry {last}.")
        if entry.hash != hash_of(entry):
            raise TrailBroken(f"Entry {entry.sequence} was changed after it was written.")
        erasures.read(entry)
        if entry.sequence in notes:
            _check_note(entry, notes[entry.sequence], salts[entry.sequence])
        elif entry.note_hash:
            erasures.words_are_gone(entry)
        last, last_hash = entry.sequence, entry.hash
        if anchored == str(last) and last_hash != anchored_hash:
            raise TrailBroken(f"Entry {last} is not the one that the anchor was taken from.")
    _check_end(head, last, last_hash)
    erasures.check()
    if anchor and not (anchored.isdecimal() and int(anchored) <= last):
        raise TrailBroken(f"The trail ends at {last}, but the anchor says it had reached {anchored}.")
    return Verified(entries=last, seconds=time.perf_counter() - started, anchor=f"{last}:{last_hash}")


def _check_note(entry: Entry, text: str, salt: str) -> None:
    if entry.note_hash != chain.hash_of_note(text=text, salt=salt):
        raise TrailBroken(f"The words of entry {entry.sequence} were changed after it was written.")


def _check_end(head: Head, last: int, last_hash: str) -> None:
    if head.sequence == 0 and last == 0:
        # Making an account is written down, so where there are people there is a trail.
        if get_user_model()._default_manager.exists():
            raise TrailBroken("The trail is empty, but there are accounts, whose making was written: it was cut off.")
        return
    if not chain.head_is_ours(sequence=head.sequence, hash=head.hash, signature=head.signature):
        raise TrailBroken(f"The end of the trail (entry {head.sequence}) does not carry our signature.")
    if head.sequence != last:
        raise TrailBroken(f"The trail ends at {last}, but entry {head.sequence} was written: its end was cut off.")
    if head.hash != last_hash:
        raise TrailBroken(f"Entry {last} is not the one that was signed.")
