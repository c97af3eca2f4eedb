"""Taking in what was keyed from paper."""

import json
import secrets
import uuid
from collections.abc import Sequence
from contextlib import suppress

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.audit.services import record
from foundation.partnership.models import School

from ...errors import WrongState
from ...fieldwork.enums import SessionState, WaveState
from ...fieldwork.models import ClassSession, Wave
from ...fieldwork.selectors import GRACE
from ..models import Begun
from ..services import flush_session
from ..stores import sealer, store
from .keying import KeyedRow

LABEL = "On paper"


def take_in_paper(
    *,
    wave: Wave,
    school: School,
    year_group: int,
    rows: Sequence[KeyedRow],
    key: uuid.UUID | None = None,
    by: AbstractBaseUser | None = None,
) -> ClassSession:
    """Put keyed answers through the holding table and the same shuffle as a lesson's.

    They are a lesson whose time is over. Where this process may read answers it is flushed at once; the web's role on
    PostgreSQL may not, and the chores flush it as they flush every lesson.

    Args:
        key: the same key twice is taken in once, as where somebody confirms twice.

    Raises:
        WrongState: the wave is not open, the school does not take part with this year group, or the key was used.
    """
    if wave.state != WaveState.OPEN:
        raise WrongState("Answers on paper can be taken in while the wave is open.")
    taking_part = wave.schools.filter(school=school).first()
    if taking_part is None or year_group not in {int(year) for year in taking_part.year_groups}:
        raise WrongState("This school does not take part in this wave with this year group.")
    try:
        session = _hold(wave, school, year_group, rows, key or uuid.uuid4(), by)
    except IntegrityError as error:
        raise WrongState("These answers were taken in already. Nothing was added.") from error
    if store(sealer()).may_seal():
        with suppress(WrongState):  # a chore was quicker: they are in
            flush_session(session=session)
    session.refresh_from_db()
    return session


def taken_in_before(*, wave: Wave, school: School, year_group: int) -> int:
    """How many times answers on paper of this school and year group came in: nobody can see whether they are the same."""
    return wave.sessions.filter(school=school, year_group=year_group, label=LABEL).count()


@transaction.atomic
def _hold(
    wave: Wave,
    school: School,
    year_group: int,
    rows: Sequence[KeyedRow],
    key: uuid.UUID,
    by: AbstractBaseUser | None,
) -> ClassSession:
    now = timezone.now()
    session = ClassSession(
        id=key, wave=wave, school=school, year_group=year_group, label=LABEL, present=len(rows),
        state=SessionState.CLOSING, opened_at=now - GRACE, closed_at=now - GRACE, held_on=timezone.localdate(),
        link_hash=secrets.token_hex(32),
    )  # fmt: skip
    session.save(force_insert=True)
    store().hold_many(session.pk, [json.dumps(row.answers, separators=(",", ":")) for row in rows])
    Begun.objects.create(session_id=session.pk)
    record(action="surveys.paper_taken_in", actor=by, subject=wave, facts={"school": school.pk})
    return session
