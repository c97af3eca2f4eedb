"""The questionnaire that an answer belongs to: the version that the page had, and the wave's codebook."""

from functools import lru_cache
from typing import Any

from ..errors import AnswersRefused
from ..fieldwork.models import Wave, WaveVersion
from ..years import phase_of
from .encoding import Encoder, Position

Asked = tuple[dict[str, Any], list[Position]]


def asked_in(*, wave_id: int, year_group: int, number: int) -> Asked:
    """`(document, positions)` of a version that this wave asks this year group, or asked before a correction.

    Kept in memory: neither changes for a version that was opened. The codebook may grow behind our back with a
    correction; a shorter row is lengthened at the flush.

    Raises:
        AnswersRefused: the wave never asked this version.
    """
    try:
        return _asked_in(wave_id, str(phase_of(year_group).value), number)
    except WaveVersion.DoesNotExist:
        raise AnswersRefused(
            "These answers belong to another survey. Please start again from the class code."
        ) from None


@lru_cache(maxsize=64)
def encoder_for(*, wave_id: int, year_group: int, number: int) -> Encoder:
    """What turns this year group's answers into arrays; kept, and raises, as `asked_in`."""
    document, positions = asked_in(wave_id=wave_id, year_group=year_group, number=number)
    return Encoder(document, positions, year_group)


@lru_cache(maxsize=32)
def _asked_in(wave_id: int, phase: str, number: int) -> Asked:
    asked = WaveVersion.objects.select_related("version").get(
        wave_id=wave_id, version__questionnaire__phase=phase, version__number=number
    )
    positions = Wave.objects.values_list("positions", flat=True).get(pk=wave_id)
    return dict(asked.version.document or {}), list(positions)
