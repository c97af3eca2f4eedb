"""The end of a wave, and the end of its rows."""

from contextlib import suppress

from django.db import transaction

from foundation.audit.services import record

from ...errors import WrongState
from ...fieldwork.counting import FEWEST, nearest_five
from ...fieldwork.enums import WaveState
from ...fieldwork.models import ClassSession, Wave
from ...years import MERGED, Phase, YearGroup, phase_of
from ..models import ToClean
from ..stores import Group, Store, sealer, store
from .cleaning import clean_if_quiet
from .sealing import LIVE

ALL_YEARS = tuple(int(year) for year in YearGroup)


def finish_wave(*, wave: Wave) -> None:
    """Merge what is still pooled to its phase, without school and year group; count and drop what is too little even so.

    Every sealed row is written anew, so that rows from before and after a correction have one length.

    Raises:
        WrongState: a session of the wave is still open.
    """
    alias = sealer()
    held = store(alias)
    with transaction.atomic(using=alias):
        if ClassSession.objects.using(alias).filter(wave=wave, state__in=LIVE).exists():
            raise WrongState("A lesson of this wave is still open. Close it first; five minutes later it is sealed.")
        fresh = Wave.objects.using(alias).select_for_update().get(pk=wave.pk)
        for phase in Phase:
            _merge(held, fresh, phase)
        for group in _groups(held, fresh.pk):
            held.lock(f"{group}")
            held.seal(None, group, len(fresh.positions))
        fresh.save(update_fields=["counted_only"])
        ToClean.objects.using(alias).get_or_create(wave_id=fresh.pk)
    clean_if_quiet()
    wave.refresh_from_db()


def is_finished(wave: Wave) -> bool:
    """Whether nothing of an ended wave waits in a pool, and all its rows have one length. Only the sealer can see it."""
    held = store(sealer())
    is_live = ClassSession.objects.filter(wave=wave, state__in=LIVE).exists()
    return (
        not is_live
        and not held.count_pools(wave.pk, ALL_YEARS)
        and not held.has_shorter_rows(wave.pk, len(wave.positions))
    )


def finish_where_allowed(*, wave: Wave) -> bool:
    """Finish a wave from a page, where this process may read answers; else the chores do it, and this is False."""
    if not store(sealer()).may_seal():
        return False
    finish_wave(wave=wave)
    return True


def finish_due() -> int:
    """Finish every closed wave that is not finished yet; how many. The web closes waves and may read no answer."""
    finished = 0
    for wave in Wave.objects.filter(state=WaveState.CLOSED):
        if not is_finished(wave):
            with suppress(WrongState):  # a lesson has still to be flushed: at the next round
                finish_wave(wave=wave)
                finished += 1
    return finished


def delete_sealed(*, wave: Wave) -> int:
    """Delete every sealed and pooled row of a wave whose time is over; how many. The figures stay.

    Raises:
        WrongState: the wave has not ended.
    """
    if wave.state not in {WaveState.CLOSED, WaveState.RELEASED}:
        raise WrongState("Only the rows of a wave that has ended can be deleted, and only once.")
    alias = sealer()
    held = store(alias)
    with transaction.atomic(using=alias):
        deleted = held.delete_wave(wave.pk)
        Wave.objects.using(alias).filter(pk=wave.pk).update(state=WaveState.EMPTIED)
        ToClean.objects.using(alias).get_or_create(wave_id=wave.pk)
    record(action="surveys.sealed_rows_deleted", subject=wave, facts={"rows": nearest_five(deleted)})
    clean_if_quiet()
    wave.refresh_from_db()
    return deleted


def _merge(held: Store, wave: Wave, phase: Phase) -> None:
    # The merged year too: at a consultation nobody is asked for a year group, and a small one waits under it.
    years = [year for year in ALL_YEARS if phase_of(year) == phase]
    merged = Group(wave.pk, None, int(MERGED[phase]))
    waiting = held.count_pools(wave.pk, years)
    if waiting + held.count_sealed(merged) >= FEWEST:
        if waiting:
            held.seal_phase(wave.pk, years, merged, len(wave.positions))
    elif waiting:
        held.drop_pools(wave.pk, years)
        wave.counted_only[phase.value] = wave.counted_only.get(phase.value, 0) + waiting


def _groups(held: Store, wave_id: int) -> list[Group]:
    rows = held.execute(
        "SELECT DISTINCT wave_id, school_id, year_group FROM surveys_sealed WHERE wave_id = %s", [wave_id]
    )
    return [Group(*row) for row in rows]
