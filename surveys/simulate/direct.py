"""Generated answers straight into the holding table, then through the same flush as everybody's."""

import json
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from ..collection.encoding import Encoder
from ..collection.models import Begun
from ..collection.services import flush_session
from ..collection.stores import store
from ..errors import WrongState
from ..fieldwork.enums import SessionState
from ..fieldwork.models import ClassSession, Wave
from ..years import phase_of
from .plan import Lesson
from .pupils import Pupils


def answer_lessons(*, wave: Wave, lessons: Iterable[Lesson], seed: int) -> int:
    """Let generated pupils answer these lessons of a practice wave, and seal each; how many pupils.

    Raises:
        WrongState: the wave is a real one; what is invented must never stand among what children said.
    """
    if not wave.is_demo:
        raise WrongState("Only a practice wave can be answered by generated pupils.")
    documents = {
        asked.version.questionnaire.phase: asked.version.document or {}
        for asked in wave.versions.filter(is_current=True).select_related("version__questionnaire")
    }
    pupils_of: dict[tuple[int, int], Pupils] = {}
    encoders: dict[int, Encoder] = {}
    answered = 0
    for lesson in lessons:
        document = documents[phase_of(lesson.year_group)]
        place = (lesson.school_id, lesson.year_group)
        if place not in pupils_of:
            pupils_of[place] = Pupils(document, year_group=lesson.year_group, school=str(lesson.school_id), seed=seed)
        if lesson.year_group not in encoders:
            encoders[lesson.year_group] = Encoder(document, wave.positions, lesson.year_group)
        encode = encoders[lesson.year_group].encode
        drawn = pupils_of[place].draw(lesson.pupils)
        rows = [json.dumps(encode(answers), separators=(",", ":")) for answers in drawn]
        with transaction.atomic():
            session = _session(wave, lesson)
            store().hold_many(session.pk, rows)
            Begun.objects.create(session_id=session.pk)
            flush_session(session=session)
        answered += lesson.pupils
    return answered


def _session(wave: Wave, lesson: Lesson) -> ClassSession:
    return ClassSession.objects.create(
        wave=wave, school_id=lesson.school_id, year_group=lesson.year_group, present=lesson.pupils,
        state=SessionState.OPEN, opened_at=timezone.now(), held_on=wave.opens_on, label="Practice",
        link_hash=secrets.token_hex(32),
    )  # fmt: skip
