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
        SurveyError: the wave is still open, another release of it is on its way, or a correction gives no reason.
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
    """Give a release that nobody has seen another plan; what was computed for the old one is thrown away."""
    if crossed_by in breakdowns:
        raise SurveyError("Name each characteristic once: crossed with year group, or as a breakdown of its own.")
    with transaction.atomic():
        held = Release.objects.select_for_update().get(pk=release.pk)
        if held.state != ReleaseState.PLANNED:
            held.state = after(held.state, Act.GIVE_UP)
        held.cells.all().delete()
        held.crossed_by, held.breakdowns, held.seed, held.report, held.progress = crossed_by, breakdowns, None, {}, {}
        held.save()
        record(action="surveys.release_replanned", actor=by, subject=held, facts={"breakdowns": breakdowns})
    release.refresh_from_db()
