"""The one place of this room that reads sealed rows; a test holds every other module away from them."""

from collections.abc import Iterator

from ..collection.models import Sealed
from ..collection.stores import sealer
from ..fieldwork.models import Wave


def sealed_rows(wave: Wave) -> Iterator[tuple[int | None, int, list[int]]]:
    """(school, year group, answers) of every sealed row of a wave, in no order that means anything."""
    rows = Sealed.objects.using(sealer()).filter(wave_id=wave.pk)
    return rows.values_list("school_id", "year_group", "answers").iterator(chunk_size=2_000)
