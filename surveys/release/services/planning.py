"""What a release will show: decided before anything is counted."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from foundation.audit.services import record

from ...errors import SurveyError, WrongState
from ...fieldwork.enums import WaveState
from ...fieldwork.models import Wave
from ..enums import ReleaseState
from ..models import Release
from ..states import Act, after


def plan_release(
    *, wave: Wave, crossed_by: str, breakdowns: list[str], by: AbstractBaseUser | None, reason: str = ""
) -> Release:
    """Plan the release of a closed wave, or the correction of a released one.

    Raises:
        SurveyError: the wave is still open, another release of it is on its way, or a correction gives no reason or has other
            tables than what was released.
    """
    if wave.state not in {WaveState.CLOSED, WaveState.RELEASED}:
        raise WrongState("Close the wave first: a release counts what is sealed, once, and not again.")
    if len(set(breakdowns)) != len(breakdowns) or crossed_by in breakdowns:
        raise SurveyError("Name each characteristic once: crossed with year group, or as a breakdown of its own.")
    with transaction.atomic():
        before = list(wave.releases.select_for_update())
        if any(release.state not in {ReleaseState.RELEASED, ReleaseState.REPLACED} for release in before):
            raise WrongState("Another release of this wave is on its way. Finish it, or change its plan.")
        if before and not reason.strip():
            raise SurveyError("Say why the released figures must be replaced. The public page gives the reason.")
        _keeps_its_tables(Release(wave=wave), crossed_by, breakdowns)
        release = Release.objects.create(
            wave=wave,
            number=len(before) + 1,
            crossed_by=crossed_by,
            breakdowns=breakdowns,
            planned_by=by,  # type: ignore[misc]
            reason=reason.strip(),
        )
        record(action="surveys.release_planned", actor=by, subject=release, facts={"breakdowns": breakdowns})
    return release


def change_plan(*, release: Release, crossed_by: str, breakdowns: list[str], by: AbstractBaseUser | None) -> None:
    """Give a release that nobody has seen another plan; what was computed for the old one is thrown away.

    Raises:
        SurveyError: it is ready, so its figures were read; it is out; or the plan cannot be.
    """
    if crossed_by in breakdowns:
        raise SurveyError("Name each characteristic once: crossed with year group, or as a breakdown of its own.")
    with transaction.atomic():
        held = Release.objects.select_for_update().get(pk=release.pk)
        if held.state == ReleaseState.READY:
            raise WrongState(
                "This release passed the gate, and its figures may have been read in the first look. They are not rounded "
                "again: publish it, then plan a correction that gives its reason."
            )
        _keeps_its_tables(held, crossed_by, breakdowns)
        if held.state != ReleaseState.PLANNED:
            held.state = after(held.state, Act.GIVE_UP)
        held.cells.all().delete()
        held.crossed_by, held.breakdowns, held.seed, held.report, held.progress = crossed_by, breakdowns, None, {}, {}
        held.save()
        record(action="surveys.release_replanned", actor=by, subject=held, facts={"breakdowns": breakdowns})
    release.refresh_from_db()


def _keeps_its_tables(release: Release, crossed_by: str, breakdowns: list[str]) -> None:
    """The gate compares tables of the same columns. Crossed with something else, a correction would be a second rounding of
    every school and year group, which nobody would compare with the first. The same holds for breakdowns: a characteristic
    that is none is counted as a question of its own, so one that was a question and becomes a breakdown, or the reverse, would be
    rounded twice in tables that no family holds together."""
    seen = release.wave.releases.filter(state__in=[ReleaseState.RELEASED, ReleaseState.REPLACED])
    if other := seen.exclude(crossed_by=crossed_by).first():
        raise SurveyError(
            f"The released figures are crossed with {other.crossed_by or 'nothing'}, and a correction must be too: "
            "a second rounding by another characteristic would weaken the first."
        )
    for other in seen:
        if changed := sorted(set(other.breakdowns) ^ set(breakdowns)):
            raise SurveyError(
                f"The released figures have the breakdowns {', '.join(other.breakdowns) or 'none'}, and a correction must have "
                f"the same: {', '.join(changed)} would be rounded a second time, as a question and as a breakdown."
            )
