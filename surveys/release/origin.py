"""Where the answers behind a release come from, so that no page takes real ones for invented ones, or the other way round."""

from ..fieldwork.models import Wave

INVENTED = "invented"
"""Generated pupils, or staff trying things out."""
IMPORTED = "imported"
"""Coded elsewhere and brought in (`surveys/importing`)."""
IMPORTED_LABEL = "Imported"
"""The name of the class sessions that an import makes."""


def origin_of(wave: Wave) -> str:
    """INVENTED, IMPORTED, or "" for answers that pupils gave here."""
    if wave.sessions.filter(label=IMPORTED_LABEL).exists():
        return IMPORTED
    return INVENTED if wave.is_demo else ""
