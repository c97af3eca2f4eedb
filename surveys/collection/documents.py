"""The questionnaire that an answer belongs to: the version that the page had, and the wave's codebook."""

from functools import lru_cache
from typing import Any

from ..errors import AnswersRefused
from ..fieldwork.models import Wave, WaveVersion
from ..years import phase_of
from .encoding import Encoder

Asked = tuple[dict[str, Any], Encoder]


def asked_in(*, wave_id: int, year_group: int, number: int) -> Asked:
    """`(document, encoder)` of a version that this wave asks this year group, or asked before a correction.

    Kept in memory: neither changes for a version that was opened. The codebook may grow behind our back with a
    correction; a shorter row is lengthened at the flush.

    Raises:
        AnswersRefused: the wave never asked this version.
    """
    try:
        return _asked_in(wave_id, year_group, number)
    except WaveVersion.DoesNotExist:
        raise AnswersRefused(
            "These answers belong to another survey. Please start again from the class code."
        ) from None


@lru_cache(maxsize=64)
def _asked_in(wave_id: int, year_group: int, number: int) -> Asked:
    asked = WaveVersion.objects.select_related("version").get(
        wave_id=wave_id, version__questionnaire__phase=phase_of(year_group), version__number=number
    )
    positions = Wave.objects.values_list("positions", flat=True).get(pk=wave_id)
    return asked.version.document, Encoder(asked.version.document, positions, year_group)
