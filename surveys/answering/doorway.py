"""From what a pupil typed to the class that it opens."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from ..collection.services import count_held
from ..fieldwork import codes
from ..fieldwork.enums import SessionState
from ..fieldwork.models import ClassSession, WaveSchool
from ..fieldwork.selectors import cap, document_for, is_taking, live_session
from ..fieldwork.slips import is_spent, normalise_slip, slip_number
from ..questionnaire.reading import Document
from .sheet import ENGLISH, languages_of
from .slowing import slow_a_wrong_code


class NotOpen(Exception):
    """The code opens nothing now; the words say what to do.

    suggestion: a code of proper spelling, or empty. wants_slip: the code is right, and a slip belongs to it.
    """

    def __init__(self, words: str, *, status: int = 404, suggestion: str = "", wants_slip: bool = False) -> None:
        super().__init__(words)
        self.status = status
        self.suggestion = suggestion
        self.wants_slip = wants_slip


@dataclass(frozen=True)
class Lesson:
    """A class session that takes answers, with what it asks."""

    session: ClassSession
    code: str
    document: Document
    languages: list[str] = field(default_factory=list)
    slip: str = ""


def open_lesson(typed: str, slip: str = "") -> Lesson:
    """The lesson that this code opens for somebody who begins; with the slip that was drawn, where there are slips.

    Raises:
        NotOpen: no such lesson, closed, or full.
    """
    code = codes.normalise(typed)
    session = live_session(code) if code else None
    if session is None:
        raise _wrong(typed, code)
    if session.state != SessionState.OPEN or not is_taking(session, timezone.now()):
        raise NotOpen(_("This lesson is closed, so it cannot be started now. Ask your teacher."), status=410)
    if session.uses_slips:
        _check_slip(session, slip)
    elif count_held(session) >= cap(session):
        raise NotOpen(_("As many answers have come in as there are pupils in the room. Tell your teacher."), status=409)
    document = document_for(session)
    languages = languages_of(document, list(session.languages) or [ENGLISH])
    return Lesson(session, code, document, languages, normalise_slip(slip) if session.uses_slips else "")


def at_school_of(session: ClassSession) -> str:
    """Whom pupils can talk to at this school; empty where the school did not say."""
    if session.school_id is None:
        return ""
    found = WaveSchool.objects.filter(wave_id=session.wave_id, school_id=session.school_id)
    return found.values_list("help_at_school", flat=True).first() or ""


def _check_slip(session: ClassSession, slip: str) -> None:
    if not slip.strip():
        raise NotOpen(_("Now type the six letters and digits of your slip."), status=400, wants_slip=True)
    number = slip_number(session, slip)
    if number is None:
        if not slow_a_wrong_code():
            raise NotOpen(
                _("Many codes are being typed at this moment. Wait a few seconds, then try again."),
                status=429,
                wants_slip=True,
            )
        raise NotOpen(_("We do not know that slip. Look at its letters and digits again."), wants_slip=True)
    if is_spent(session, number):
        raise NotOpen(
            _("That slip was used. Each slip opens the questions once. Ask for another one."),
            status=410,
            wants_slip=True,
        )


def _wrong(typed: str, code: str) -> NotOpen:
    if not typed.strip():
        return NotOpen(_("Type the three words and two digits that your teacher shows."), status=400)
    if not slow_a_wrong_code():
        return NotOpen(_("Many codes are being typed at this moment. Wait a few seconds, then try again."), status=429)
    suggestion = codes.mend(typed) or ""
    if suggestion and suggestion != code:
        return NotOpen(_("We do not know that code. Look at the spelling."), suggestion=suggestion)
    if suggestion:
        return NotOpen(
            _(
                "That code does not open a lesson now. Check each word and the two digits. If they are right, ask your teacher."
            )
        )
    return NotOpen(_("A code is three words and two digits, such as bamboo-lemon-river-42. Look at the board again."))
