"""Class sessions: prepared by the school, opened and closed by the teacher.

The trail keeps that a school prepared, discarded or re-linked a session, with the wave as its subject and never the class.
It keeps no opening and no closing: where a school has one class of a year, their times are when its sealed rows came in. A
day instead of a time would not help, for every entry stands between two others that have theirs. `held_on` keeps the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services import record
from foundation.partnership.models import School

from ...collection.services import discard_held, take_turns
from ...errors import NotReady, SurveyError, WrongState
from .. import codes, slips
from ..enums import SessionState, WaveState
from ..links import hash_of, secret_of
from ..models import ClassSession, Wave
from ..selectors import cap, document_for, years_asked
from ..states import SessionAct, session_after

MOST_PRESENT = 400
MOST_AT_ONCE = 200
"""Class sessions that one paste may prepare; a large school has some sixty classes."""
_TRIES_FOR_A_FREE_CODE = 5


@dataclass(frozen=True)
class PreparedSession:
    """What somebody wants prepared."""

    label: str
    year_group: int
    present: int | None = None
    languages: tuple[str, ...] = ()


def prepare_session(
    *,
    wave: Wave,
    school: School | None,
    year_group: int,
    label: str = "",
    present: int | None = None,
    languages: Sequence[str] = (),
    uses_slips: bool = False,
    by: AbstractBaseUser | None = None,
) -> ClassSession:
    """A class session with a link of its own; nobody can answer before it is opened.

    Raises:
        WrongState: the wave is over.
        NotReady: the year group is not asked, or the number is none.
    """
    wanted = PreparedSession(label=label, year_group=year_group, present=present, languages=tuple(languages))
    return _prepare(wave=wave, school=school, wanted=[wanted], uses_slips=uses_slips, by=by)[0]


def prepare_sessions(
    *, wave: Wave, school: School | None, wanted: Iterable[PreparedSession], by: AbstractBaseUser | None = None
) -> list[ClassSession]:
    """Many at once; all or none.

    Raises:
        WrongState, NotReady: as `prepare_session`.
    """
    return _prepare(wave=wave, school=school, wanted=list(wanted), uses_slips=False, by=by)


@transaction.atomic
def renew_link(*, session: ClassSession, by: AbstractBaseUser | None = None) -> ClassSession:
    """A new link; the old one opens nothing any more (it was lost, or shared too widely).

    Raises:
        WrongState: the session is over.
    """
    held = _locked(session)
    session_after(held.state, SessionAct.RENEW_LINK)
    held.link_number += 1
    held.link_hash = hash_of(secret_of(held))
    held.save(update_fields=["link_number", "link_hash"])
    record(action="surveys.session_link_renewed", actor=by, subject=held.wave, facts=_facts(held))
    return held


@transaction.atomic
def remove_session(*, session: ClassSession, by: AbstractBaseUser | None = None) -> None:
    """Delete a session that was prepared by mistake.

    Raises:
        WrongState: it was opened.
    """
    held = _locked(session)
    session_after(held.state, SessionAct.REMOVE)
    record(action="surveys.session_removed", actor=by, subject=held.wave, facts=_facts(held))
    held.delete()


def open_session(
    *,
    session: ClassSession,
    year_group: int,
    present: int,
    languages: Sequence[str] = (),
) -> ClassSession:
    """Give the session its code: from now on pupils can answer, for two hours.

    Args:
        present: pupils in the room; `selectors.cap` takes a tenth more.

    Raises:
        WrongState: the session or its wave is in a state in which this cannot be done.
        NotReady: the year group is not asked, or the number is none.
    """
    for _attempt in range(_TRIES_FOR_A_FREE_CODE):
        try:
            return _open(session, year_group, present, languages)
        except IntegrityError:  # two of 100,000,000,000 codes are the same: take another
            continue
    raise SurveyError(_("No free code was found. Please try again."))


@transaction.atomic
def close_session(*, session: ClassSession) -> ClassSession:
    """Stop: nobody new can begin, and after five minutes of grace the session is sealed (`collection.flush_due`).

    Raises:
        WrongState: it is not open.
    """
    held = _locked(session)
    held.state = session_after(held.state, SessionAct.CLOSE)
    held.closed_at = timezone.now()
    held.save(update_fields=["state", "closed_at"])
    return held


@transaction.atomic
def discard_session(*, session: ClassSession, by: AbstractBaseUser | None = None) -> ClassSession:
    """Throw the whole session away with all that it holds: more answers came in than pupils were in the room.

    Raises:
        WrongState: it holds nothing yet, or it is sealed: then nobody can say any more which answers were its.
    """
    take_turns(session)
    held = _locked(session)
    held.state = session_after(held.state, SessionAct.DISCARD)
    discard_held(session=held)
    if held.opened_at is not None:
        held.held_on = timezone.localdate(held.opened_at)
    held.code = held.opened_at = held.closed_at = held.slip_key = held.slips_spent = None
    held.save(
        update_fields=["state", "held_on", "code", "opened_at", "closed_at", "slip_key", "slips_spent"]
    )  # fmt: skip
    record(action="surveys.session_discarded", actor=by, subject=held.wave, facts=_facts(held))
    return held


@transaction.atomic
def _prepare(
    *,
    wave: Wave,
    school: School | None,
    wanted: list[PreparedSession],
    uses_slips: bool,
    by: AbstractBaseUser | None,
) -> list[ClassSession]:
    state = Wave.objects.select_for_update().values_list("state", flat=True).get(pk=wave.pk)
    if state not in {WaveState.PLANNED, WaveState.OPEN}:
        raise WrongState(_("This wave is over. No class session can be prepared in it."))
    if len(wanted) > MOST_AT_ONCE:
        raise NotReady([_("Prepare at most %(most)s class sessions at once.") % {"most": MOST_AT_ONCE}])
    years = _years_of(wave, school)
    made = []
    for each in wanted:
        _check(each.year_group, each.present, years)
        session = ClassSession(
            wave=wave, school=school, label=each.label, year_group=each.year_group, present=each.present,
            languages=list(each.languages), uses_slips=uses_slips,
        )  # fmt: skip
        session.link_hash = hash_of(secret_of(session))
        session.save(force_insert=True)
        made.append(session)
    facts = {"school": school.pk if school else None, "sessions": len(made)}
    record(action="surveys.sessions_prepared", actor=by, subject=wave, facts=facts)
    return made


@transaction.atomic
def _open(session: ClassSession, year_group: int, present: int, languages: Sequence[str]) -> ClassSession:
    held = _locked(session)
    target = session_after(held.state, SessionAct.OPEN)
    wave = Wave.objects.select_for_update().get(pk=held.wave_id)
    if wave.state == WaveState.PLANNED:
        raise WrongState(_("The survey has not been opened yet. Your link will work when it is."))
    if wave.state != WaveState.OPEN:
        raise WrongState(_("The survey is over. No class can start any more."))
    _check(year_group, present, _years_of(wave, held.school))
    held.wave, held.year_group, held.present = wave, year_group, present
    document = document_for(held)
    held.languages = [code for code in document["languages"] if code in set(languages)] or [document["languages"][0]]
    held.state, held.code, held.opened_at = target, codes.new_code(), timezone.now()
    held.held_on = timezone.localdate(held.opened_at)
    if held.uses_slips:
        held.slip_key, held.slips_spent = slips.new_key(), slips.unspent(cap(held))
    held.save()
    return held


def _years_of(wave: Wave, school: School | None) -> set[int]:
    if school is not None and not wave.schools.filter(school=school).exists():
        raise WrongState(_("This school does not take part in this wave."))
    return set(years_asked(wave=wave, school=school))


def _check(year_group: int, present: int | None, years: set[int]) -> None:
    problems = []
    if year_group not in years:
        problems.append(_("This survey does not ask this year group of the school."))
    if present is not None and not 1 <= present <= MOST_PRESENT:
        problems.append(_("The number of pupils must be between 1 and %(most)s.") % {"most": MOST_PRESENT})
    if problems:
        raise NotReady(problems)


def _locked(session: ClassSession) -> ClassSession:
    """The row as it is now, for the rest of the transaction; two people who press at once take turns."""
    return ClassSession.objects.select_for_update(of=("self",)).select_related("wave", "school").get(pk=session.pk)


def _facts(session: ClassSession) -> dict[str, int | None]:
    return {"school": session.school_id}


__all__ = [
    "MOST_AT_ONCE", "MOST_PRESENT", "PreparedSession", "SessionState", "close_session", "discard_session",
    "open_session", "prepare_session", "prepare_sessions", "remove_session", "renew_link",
]  # fmt: skip
