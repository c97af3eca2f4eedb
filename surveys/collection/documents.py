"""The questionnaire that an answer belongs to: the version that the page had, and the wave's codebook."""

from typing import Any

from foundation.cache.kept import Kept

from ..errors import AnswersRefused
from ..fieldwork.models import Wave, WaveVersion
from ..years import phase_of
from .encoding import Encoder, Position

Asked = tuple[dict[str, Any], list[Position]]
_asked: Kept[Asked] = Kept(entries=32)
_encoders: Kept[Encoder] = Kept(entries=64)


def asked_in(*, wave_id: int, year_group: int, number: int) -> Asked:
    """`(document, positions)` of a version that this wave asks this year group, or asked before a correction.

    Kept in memory: neither changes for a version that was opened. The codebook may grow behind our back with a
    correction; a shorter row is lengthened at the flush.

    Raises:
        AnswersRefused: the wave never asked this version.
    """
    phase = str(phase_of(year_group).value)
    try:
        return _asked.of((wave_id, phase, number), lambda: _asked_in(wave_id, phase, number))
    except WaveVersion.DoesNotExist:
        raise AnswersRefused(
            "These answers belong to another survey. Please start again from the class code."
        ) from None


def encoder_for(*, wave_id: int, year_group: int, number: int) -> Encoder:
    """What turns this year group's answers into arrays; kept, and raises, as `asked_in`."""
    document, positions = asked_in(wave_id=wave_id, year_group=year_group, number=number)
    return _encoders.of((wave_id, year_group, number), lambda: Encoder(document, positions, year_group))


def _asked_in(wave_id: int, phase: str, number: int) -> Asked:
    asked = WaveVersion.objects.select_related("version").get(
        wave_id=wave_id, version__questionnaire__phase=phase, version__number=number
    )
    positions = Wave.objects.values_list("positions", flat=True).get(pk=wave_id)
    return dict(asked.version.document or {}), list(positions)
