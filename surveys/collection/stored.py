"""What the public page says is stored: the columns of the tables themselves, in plain words. A test compares the two."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..fieldwork.counting import FEWEST
from ..fieldwork.selectors import GRACE, SPARE_IN_TEN, WINDOW

SEALED: dict[str, tuple[str | Promise, str | Promise]] = {
    "id": (_("A random number"), _("Made new each time that another class is sealed. It says nothing about anybody.")),
    "wave_id": (_("Which survey"), _("For example: the survey of autumn 2026.")),
    "school_id": (_("The school"), _("Left empty where too few of the year took part.")),
    "year_group": (_("The school year"), _("For example: Year 8. Where too few took part, only primary or secondary.")),
    "answers": (_("The answers"), _("A row of small numbers, such as 2 for the second option of a question.")),
}
"""Column of a sealed row -> what it is called, and what it says."""

HELD: dict[str, tuple[str | Promise, str | Promise]] = {
    "session_id": (_("Which lesson"), _("Gone when the lesson is sealed.")),
    "nonce_hash": (
        _("A mark that the page made up"),
        _("So that answers sent twice count once. Gone when the lesson is sealed."),
    ),
    "answers": (_("The answers"), _("The same small numbers.")),
}
"""The same for a row during the lesson."""


def numbers() -> dict[str, int]:
    """The numbers that the page names, from where they are decided."""
    return {
        "fewest": FEWEST,
        "grace_minutes": int(GRACE.total_seconds() // 60),
        "window_hours": int(WINDOW.total_seconds() // 3600),
        "spare_percent": SPARE_IN_TEN * 10,
        "keep_months": round(settings.SURVEYS_KEEP_SEALED_DAYS / 30.4),
    }
