"""How far a school, or a wave, has come. Counts are in fives, and of sealed classes of ten and more only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from .counting import FEWEST, nearest_five
from .enums import SessionState, WaveState
from .models import ClassSession, Wave, WaveSchool
from .states import TAKING

DONE = (SessionState.SEALED, SessionState.POOLED)
STATE_WORDS = {
    SessionState.PREPARED: _("Not started"),
    SessionState.OPEN: _("Answering now"),
    SessionState.CLOSING: _("Closing"),
    SessionState.SEALED: _("Done"),
    SessionState.POOLED: _("Done, fewer than ten"),
    SessionState.DISCARDED: _("Thrown away"),
    SessionState.LOST: _("Lost"),
}
STATE_TONES = {
    SessionState.OPEN: "mint",
    SessionState.CLOSING: "sand",
    SessionState.DISCARDED: "peach",
    SessionState.LOST: "peach",
    SessionState.SEALED: "lilac",
    SessionState.POOLED: "lilac",
}


@dataclass(frozen=True)
class Progress:
    """Where a school stands in a wave."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    answers: int = 0
    """Answers of sealed classes of ten and more, to the nearest five."""
    on_roll: int = 0
    """Pupils of the asked years, where the school told us."""
    next_steps: list[str] = field(default_factory=list)

    @property
    def classes(self) -> int:
        """Class sessions in all."""
        return self.waiting + self.running + self.done + self.failed


def progress_of(taking_part: WaveSchool) -> Progress:
    """Where this school stands, with what its lead should do next."""
    sessions = list(taking_part.wave.sessions.filter(school=taking_part.school))
    return _progress(taking_part, sessions)


def progress_of_wave(wave: Wave) -> list[tuple[WaveSchool, Progress]]:
    """Every school of a wave, by name; two queries whatever their number."""
    by_school: dict[int | None, list[ClassSession]] = {}
    for session in wave.sessions.all():
        by_school.setdefault(session.school_id, []).append(session)
    schools = wave.schools.select_related("school", "wave").prefetch_related("school__leads")
    return [(each, _progress(each, by_school.get(each.school_id, []))) for each in schools]


def session_rows(taking_part: WaveSchool) -> list[dict[str, Any]]:
    """The classes of a school for its list."""
    sessions = taking_part.wave.sessions.filter(school=taking_part.school).order_by("year_group", "label", "pk")
    return [
        {
            "session": session,
            "state": STATE_WORDS[SessionState(session.state)],
            "tone": STATE_TONES.get(SessionState(session.state), ""),
            "answers": nearest_five(session.received) if _is_counted(session) else None,
            "can_change": session.state == SessionState.PREPARED,
        }
        for session in sessions
    ]


def _is_counted(session: ClassSession) -> bool:
    """Not a class of a few, whose number is how many were there: pooled, or sealed because with it the pool reached ten. A
    teacher who counted their own class could take it from the total."""
    return session.state == SessionState.SEALED and session.received >= FEWEST


def _progress(taking_part: WaveSchool, sessions: Iterable[ClassSession]) -> Progress:
    sessions = list(sessions)
    states = Counter(session.state for session in sessions)
    done = sum(states[state] for state in DONE)
    progress = Progress(
        waiting=states[SessionState.PREPARED],
        running=sum(states[state] for state in TAKING),
        done=done,
        failed=states[SessionState.DISCARDED] + states[SessionState.LOST],
        answers=nearest_five(sum(session.received for session in sessions if _is_counted(session))),
        on_roll=sum(int(pupils) for pupils in taking_part.pupils_on_roll.values()),
    )
    progress.next_steps.extend(_next_steps(taking_part, progress))
    return progress


def _next_steps(taking_part: WaveSchool, progress: Progress) -> list[str]:
    """What the lead should do next, in order; empty when all is done."""
    if taking_part.wave.state not in {WaveState.PLANNED, WaveState.OPEN}:
        return []
    steps = []
    if not (taking_part.help_at_school and taking_part.reply_to and taking_part.opt_out_by):
        steps.append("details")
    if not progress.done:
        steps.append("letter")
    if not progress.classes:
        steps.append("prepare")
    elif progress.waiting:
        steps.append("links")
    return steps
