"""How far one setting has come, and what it still lacks: the cockpit's measures and gaps, said of it alone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ...register.models import Setting
from .attendance import TRAINED_MONTHS
from .reach import IN_SHORT, MEASURES, Reach

LACKS = {
    "run": _("Nobody signs in for it: we cannot reach it by the register"),
    "listed": _("It is not listed, so no parent can find it here"),
    "confirmed": _("Its details are not confirmed in time"),
    "assessed": _("It has not checked itself against the standard in the last year"),
    "trained": _("Nobody was on a course in the last 24 months"),
    "met": _("Nobody came to one of the last three forums"),
    "awarded": _("It holds no award"),
}


@dataclass(frozen=True)
class HowFar:
    """What a setting has, in short, and what it lacks, a sentence each."""

    has: list[str]
    lacks: list[str]


def how_far(found: Reach, setting: Setting) -> HowFar | None:
    """None where the cockpit does not count the setting: it is closed, declined or removed."""
    # SQLite keeps keys without dashes, PostgreSQL with them.
    key = next((each for each in (str(setting.pk), setting.pk.hex) if each in found.known), None)
    if key is None:
        return None
    has = [str(IN_SHORT[measure]) for measure in MEASURES if key in found.has[measure]]
    lacks = [str(LACKS[measure]) for measure in MEASURES if key not in found.has[measure]]
    if key not in found.has["listed"]:
        lacks.remove(str(LACKS["confirmed"]))  # the same said twice
    missing = [code for code, settings in found.items.items() if key not in settings]
    for code in sorted(found.questions.keys() & set(missing)):
        question = found.questions[code]
        lacks.append(
            _now("Nobody was on a course for %(code)s (%(question)s) in the last %(months)d months")
            % {"code": code, "question": question.rstrip("?"), "months": TRAINED_MONTHS}
        )
    return HowFar(has, lacks)
