"""The flush: a closed session's answers lose their nonces and their order, and become sealed rows or wait in a pool."""

import logging
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.utils import timezone

from ...errors import SurveyError, WrongState
from ...fieldwork.counting import FEWEST
from ...fieldwork.enums import SessionState
from ...fieldwork.models import ClassSession, Wave
from ...fieldwork.selectors import is_taking
from ...years import phase_of
from ..models import Begun, ToClean
from ..stores import Group, Store, sealer, store
from .cleaning import clean_if_quiet

logger = logging.getLogger("surveys.collection")

LIVE = (SessionState.OPEN, SessionState.CLOSING)


def flush_session(*, session: ClassSession) -> None:
    """End a session: seal what it holds with all sealed rows of its school and year group, or pool it while they are
    too few. Nothing is taken from then on.

    Raises:
        WrongState: the session was flushed before, or was never opened.
    """
    alias = sealer()
    held = store(alias)
    with transaction.atomic(using=alias):
        held.lock(session.pk.hex)
        fresh = ClassSession.objects.using(alias).get(pk=session.pk)
        if fresh.state not in LIVE:
            raise WrongState("This lesson has ended already.")
        group = Group(fresh.wave_id, fresh.school_id, fresh.year_group)
        held.lock(f"{group}")
        count = held.count_held(fresh.pk)
        has_begun, _by_model = Begun.objects.using(alias).filter(session_id=fresh.pk).delete()
        if has_begun and not count:
            fresh.state = SessionState.LOST
        else:
            fresh.state = _put_away(held, fresh, group, count)
        _forget_the_lesson(fresh, count)
        ToClean.objects.using(alias).get_or_create(wave_id=fresh.wave_id)
    session.refresh_from_db()


def flush_due(*, now: datetime | None = None) -> int:
    """Flush every session whose time and grace are over, and wipe the files when nobody is answering; how many."""
    now = now or timezone.now()
    flushed = 0
    for session in ClassSession.objects.filter(state__in=LIVE):
        if is_taking(session, now):
            continue
        try:
            flush_session(session=session)
        except (SurveyError, DatabaseError):
            logger.exception("a session could not be flushed", extra={"event": "flush_failed"})
        else:
            flushed += 1
    clean_if_quiet()
    return flushed


def flush_where_nobody_else_does() -> None:
    """Flush what is due from a page, where this process may: a demonstration has one process and one role, and its lessons
    should end as real ones do. Where the web's role may read no answer, the chores do it."""
    if sealer() == DEFAULT_DB_ALIAS and store().may_seal():
        flush_due()


def _put_away(held: Store, session: ClassSession, group: Group, count: int) -> SessionState:
    length = len(Wave.objects.using(held.connection.alias).values_list("positions", flat=True).get(pk=group.wave_id))
    held.mix_texts(session.pk, group.wave_id, str(phase_of(session.year_group).value))
    if count + held.count_pool(group) < FEWEST:
        if count:
            held.pool(session.pk, group)
        return SessionState.POOLED
    held.seal(session.pk, group, length)
    return SessionState.SEALED


def _forget_the_lesson(session: ClassSession, count: int) -> None:
    """Precise times, the code and the spent slips go; the day and the count stay."""
    if session.held_on is None and session.opened_at is not None:
        session.held_on = timezone.localdate(session.opened_at)
    session.received = count
    session.code = session.opened_at = session.closed_at = session.slips_spent = session.slip_key = None
    session.save(
        update_fields=[
            "state", "held_on", "received", "code", "opened_at", "closed_at", "slips_spent", "slip_key"
        ]
    )  # fmt: skip
