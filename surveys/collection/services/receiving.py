"""Taking in one pupil's answers: once, under the cap, while the session is open."""

import hashlib
import json
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from ...errors import AnswersRefused
from ...fieldwork.enums import SessionState
from ...fieldwork.models import ClassSession
from ...fieldwork.selectors import cap, is_taking
from ..documents import encoder_for
from ..encoding import texts_of
from ..models import Begun
from ..stores import Store, store
from ..texts import locked

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,128}\Z")
_as_json = json.JSONEncoder(separators=(",", ":")).encode


class Receipt(Enum):
    """What became of the answers; only the first two may be told "sent"."""

    STORED = "stored"
    ALREADY_STORED = "already stored"
    CLOSED = "closed"
    FULL = "full"
    SLIP_SPENT = "slip spent"

    @property
    def is_kept(self) -> bool:
        """Whether the answers are in the holding table."""
        return self in {Receipt.STORED, Receipt.ALREADY_STORED}


def receive(
    *, session: ClassSession, nonce: str, answers: Mapping[str, Any], version: int, slip: int | None = None
) -> Receipt:
    """Put a pupil's answers into the holding table, once for each nonce.

    Args:
        nonce: what the page made up, 16 to 128 letters, digits, - or _; kept as a hash, to the flush at the latest.
        answers: as the page sends them; see `encoding.encode`.
        version: the number of the version that the page shows; one from before a correction is still good.
        slip: the number of the slip that was drawn, in a session that uses slips.

    Raises:
        AnswersRefused: no page of ours could have sent this.
    """
    if not isinstance(nonce, str) or not _NONCE.match(nonce):
        raise AnswersRefused("We could not take these answers. Please start again from the class code.")
    encoder = encoder_for(wave_id=session.wave_id, year_group=session.year_group, number=version)
    choices, texts = texts_of(encoder.boxes, answers)
    row = _as_json(encoder.encode(choices))
    nonce_hash = hashlib.sha256(f"{session.pk.hex}:{nonce}".encode()).hexdigest()
    held = store()
    is_plain = not texts and not session.uses_slips and is_taking(session, timezone.now())
    if is_plain and held.hold_at_once(session.pk, nonce_hash, row, state=session.state, most=cap(session)):
        return Receipt.STORED
    # The first answers of a lesson, texts, slips, and whatever is not to be stored.
    with transaction.atomic():
        held.lock(session.pk.hex)
        refusal = _refusal(held, session, nonce_hash, slip)
        if refusal is not None:
            return refusal
        if not held.hold(session.pk, nonce_hash, row):
            return Receipt.ALREADY_STORED
        for code, text in texts.items():
            held.hold_text(session.pk, code, locked(text))
    return Receipt.STORED


def count_held(session: ClassSession) -> int:
    """How many pupils' answers this session holds; for screens in fives."""
    return store().count_held(session.pk)


def take_turns(session: ClassSession) -> None:
    """Wait for whoever takes in, seals or throws away this session's answers, and keep them out to the end of the
    transaction. To be called before the session's row is locked: sealing locks the two in this order."""
    store().lock(session.pk.hex)


def discard_held(*, session: ClassSession) -> None:
    """Delete what a session holds, when the teacher or the school throws the whole lesson away."""
    with transaction.atomic():
        held = store()
        held.lock(session.pk.hex)
        held.drop_held(session.pk)
        Begun.objects.filter(session_id=session.pk).delete()


def _refusal(held: Store, session: ClassSession, nonce_hash: str, slip: int | None) -> Receipt | None:
    """Why nothing is stored now, or None. Under the session's lock, so that neither the cap nor the end can slip by."""
    if held.holds(session.pk, nonce_hash):
        return Receipt.ALREADY_STORED
    fresh = _as_it_is_now(held, session)
    if not is_taking(fresh, timezone.now()):
        return Receipt.CLOSED
    count = held.count_held(session.pk)
    if count == 0 and not _begins(session):
        return Receipt.CLOSED
    if fresh.uses_slips:
        return None if _spend(session, slip) else Receipt.SLIP_SPENT
    return Receipt.FULL if count >= cap(fresh) else None


def _as_it_is_now(held: Store, session: ClassSession) -> ClassSession:
    """The session, read anew where its state changed since the caller read it: nothing else about it can change before
    that. Half the price of reading it each time."""
    state = held.execute("SELECT state FROM surveys_classsession WHERE id = %s", [held.key(session.pk)])[0][0]
    return session if state == session.state else ClassSession.objects.get(pk=session.pk)


def _begins(session: ClassSession) -> bool:
    """Note that the session holds answers from now on. False where it did before: then a crash emptied the table."""
    _begun, is_new = Begun.objects.get_or_create(session_id=session.pk)
    if not is_new:
        ClassSession.objects.filter(pk=session.pk).update(state=SessionState.LOST)
    return is_new


def _spend(session: ClassSession, slip: int | None) -> bool:
    """Set the slip's bit; False where it was set, or there is no such slip."""
    bits = bytearray(ClassSession.objects.values_list("slips_spent", flat=True).get(pk=session.pk) or b"")
    if slip is None or not 0 <= slip < 8 * len(bits) or bits[slip // 8] >> slip % 8 & 1:
        return False
    bits[slip // 8] |= 1 << slip % 8
    ClassSession.objects.filter(pk=session.pk).update(slips_spent=bytes(bits))
    return True
