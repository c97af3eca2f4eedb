"""Reads of waves and class sessions that more than one place needs."""

import datetime
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from foundation.cache.kept import Kept
from foundation.partnership.models import School

from ..errors import WrongState
from ..years import MERGED, phase_of
from .enums import SessionState
from .links import hash_of
from .models import ClassSession, Wave, WaveVersion
from .states import TAKING

WINDOW = timedelta(hours=2)
"""How long a code takes answers if nobody closes the session."""
GRACE = timedelta(minutes=5)
"""How long answers on their way are still taken after closing, or after the two hours."""
SPARE_IN_TEN = 1
"""One pupil in ten more than were present may answer: somebody comes late, somebody is counted wrong."""

_opened: Kept[ClassSession] = Kept(seconds=30, entries=256)
_documents: Kept[dict[str, Any]] = Kept(entries=32)


def live_session(code: str) -> ClassSession | None:
    """The session that this normalised code opens now; None for a wrong one and one whose time is over."""
    if not code:
        return None
    # Every pupil's POST comes through here: no joins, no order.
    found = list(ClassSession.objects.filter(code=code, state__in=TAKING).order_by()[:1])
    return found[0] if found and is_taking(found[0], timezone.now()) else None


def session_to_send_to(code: str) -> ClassSession | None:
    """As `live_session`, for answers that arrive, of which a class sends thirty in a few minutes: kept for half a minute.

    Nothing about an opened session changes but its state, and taking in compares that with the database.
    """
    try:
        session = _opened.of(code, lambda: _read_live(code))
    except LookupError:
        return None
    return session if is_taking(session, timezone.now()) else None


def session_by_secret(secret: str) -> ClassSession | None:
    """The session that a teacher's link belongs to, whatever its state."""
    found = ClassSession.objects.select_related("wave__survey", "school").filter(link_hash=hash_of(secret))
    return found.first()


def closes_at(session: ClassSession) -> datetime.datetime | None:
    """When an open session stops by itself: after two hours; with slips at home, at the end of the wave's last day."""
    if session.opened_at is None:
        return None
    if session.uses_slips:
        last = session.wave.closes_on + timedelta(days=1)
        return datetime.datetime.combine(last, datetime.time.min, ZoneInfo(settings.TIME_ZONE))
    return session.opened_at + WINDOW


def grace_ends_at(session: ClassSession) -> datetime.datetime | None:
    """When the last answer on its way is taken; None where the session was never opened or is put away."""
    ends = session.closed_at if session.state == SessionState.CLOSING else closes_at(session)
    return ends + GRACE if ends is not None else None


def is_taking(session: ClassSession, now: datetime.datetime) -> bool:
    """Whether an answer that arrives at this moment is stored: the session is open, or in its minutes of grace."""
    ends = grace_ends_at(session)
    return session.state in TAKING and ends is not None and now < ends


def cap(session: ClassSession) -> int:
    """How many answers a session takes: the pupils present and a tenth more, rounded up."""
    present = session.present or 0
    return present + -(-present * SPARE_IN_TEN // 10)


def years_of(session: ClassSession) -> list[int]:
    """The year groups that this class may be: the school's in this wave, or in a consultation those that are asked."""
    return years_asked(wave=session.wave, school=session.school)


def years_asked(*, wave: Wave, school: School | None) -> list[int]:
    """The year groups that a class session of this wave may be; none for a school that does not take part."""
    years = set(years_of_wave(wave))
    if school is None:
        return sorted(years | {int(MERGED[phase_of(year)]) for year in years})
    own = wave.schools.filter(school=school).values_list("year_groups", flat=True).first() or []
    return sorted(years & {int(year) for year in own})


def years_of_wave(wave: Wave) -> list[int]:
    """Every year group that a wave asks."""
    asked = wave.versions.filter(is_current=True).values_list("version__questionnaire__year_groups", flat=True)
    return sorted({int(year) for group in asked for year in group})


def document_for(session: ClassSession) -> dict[str, Any]:
    """The compiled questionnaire that this session answers: what its wave asks this phase now.

    Which version that is, is asked each time, so that a correction counts at once; a frozen version itself never changes
    and is kept. Nobody may change what comes back.

    Raises:
        WrongState: the wave asks this phase nothing.
    """
    version_id = current_version_id(wave_id=session.wave_id, phase=phase_of(session.year_group))
    return _documents.of(version_id, lambda: _read_document(version_id))


def current_version_id(*, wave_id: int, phase: str) -> int:
    """The version that the wave asks this phase now.

    Raises:
        WrongState: none.
    """
    found = WaveVersion.objects.filter(wave_id=wave_id, is_current=True, version__questionnaire__phase=phase)
    version_id = found.order_by("-pk").values_list("version_id", flat=True).first()
    if version_id is None:
        raise WrongState("This survey has no questions for this year group.")
    return version_id


def _read_live(code: str) -> ClassSession:
    session = live_session(code)
    if session is None:
        raise LookupError
    return session


def _read_document(version_id: int) -> dict[str, Any]:
    document = WaveVersion.objects.filter(version_id=version_id).values_list("version__document", flat=True).first()
    if document is None:
        raise WrongState("This survey is not ready to be answered.")
    return document
