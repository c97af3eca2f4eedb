"""Taking in what was keyed from paper."""

import json
import secrets
from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from foundation.audit.services import record
from foundation.partnership.models import School

from ...errors import WrongState
from ...fieldwork.enums import SessionState, WaveState
from ...fieldwork.models import ClassSession, Wave
from ..models import Begun
from ..services import flush_session
from ..stores import sealer, store
from .keying import KeyedRow


def take_in_paper(
    *, wave: Wave, school: School, year_group: int, rows: Sequence[KeyedRow], by: AbstractBaseUser | None = None
) -> ClassSession:
    """Put keyed answers through the holding table and the same shuffle as a lesson's.

    Raises:
        WrongState: the wave is not open, or the school does not take part with this year group.
    """
    if wave.state != WaveState.OPEN:
        raise WrongState("Answers on paper can be taken in while the wave is open.")
    taking_part = wave.schools.filter(school=school).first()
    if taking_part is None or year_group not in {int(year) for year in taking_part.year_groups}:
        raise WrongState("This school does not take part in this wave with this year group.")
    alias = sealer()
    with transaction.atomic(using=alias):
        session = ClassSession.objects.using(alias).create(
            wave=wave, school=school, year_group=year_group, label="On paper", present=len(rows),
            state=SessionState.OPEN, opened_at=timezone.now(), held_on=timezone.localdate(),
            link_hash=secrets.token_hex(32),
        )  # fmt: skip
        store(alias).hold_many(session.pk, [json.dumps(row.answers, separators=(",", ":")) for row in rows])
        Begun.objects.using(alias).create(session_id=session.pk)
        flush_session(session=session)
    record(action="surveys.paper_taken_in", actor=by, subject=wave, facts={"school": school.pk})
    return session
