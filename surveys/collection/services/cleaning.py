"""Wiping from the files what deleted rows left behind, once nobody is answering. Only then is sealing complete."""

from django.db import connections

from ...fieldwork.enums import SessionState
from ...fieldwork.models import ClassSession
from ..models import ToClean
from ..stores import sealer, store


def clean_if_quiet() -> bool:
    """Write the files anew where a flush asks for it and no session is open; whether it did."""
    alias = sealer()
    if connections[alias].in_atomic_block:
        return False
    marks = list(ToClean.objects.using(alias).values_list("wave_id", flat=True))
    if (
        not marks
        or ClassSession.objects.using(alias).filter(state__in=[SessionState.OPEN, SessionState.CLOSING]).exists()
    ):
        return False
    store(alias).clean()
    ToClean.objects.using(alias).filter(wave_id__in=marks).delete()
    return True


def is_sealing_complete(wave_id: int) -> bool:
    """Whether nothing that was sealed in this wave can still be found in the files in another order."""
    return not ToClean.objects.filter(wave_id=wave_id).exists()
